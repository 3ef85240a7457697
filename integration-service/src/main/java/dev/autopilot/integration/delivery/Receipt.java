package dev.autopilot.integration.delivery;

/** What became of an arrival. */
sealed interface Receipt {

  /** It is stored, and told of. */
  record Stored() implements Receipt {}

  /** It had come before, and had its effect then. */
  record SeenBefore() implements Receipt {}

  /** The sender wanted to know who is here. */
  record Answered(String text) implements Receipt {}

  /** It isn't believed. */
  record Rejected() implements Receipt {}
}
