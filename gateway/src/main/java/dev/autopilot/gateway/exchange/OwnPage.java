package dev.autopilot.gateway.exchange;

/** Something that the gateway answers itself; its route leads to the service {@code gateway}. */
public interface OwnPage {
  /** Whether this page is at that normalised path. */
  boolean isAt(String path);

  /** Answers, now or later, without blocking the event loop. */
  void answer(Exchange exchange);
}
