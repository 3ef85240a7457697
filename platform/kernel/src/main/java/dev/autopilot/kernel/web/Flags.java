package dev.autopilot.kernel.web;

import dev.autopilot.kernel.problem.CommonError;
import org.jspecify.annotations.Nullable;

/**
 * Yes or no in a query string. Such parameters are taken as text: what is neither is to be 422 with
 * its name, and not the 404 that JAX-RS gives.
 */
public final class Flags {
  private Flags() {}

  /** The parameter alone means yes, without it no. */
  public static boolean of(String name, @Nullable String text) {
    return switch (text) {
      case null -> false;
      case "true", "" -> true;
      case "false" -> false;
      default -> throw CommonError.VALIDATION_FAILED.at("/" + name, "Either true or false.");
    };
  }
}
