package dev.autopilot.local.command;

/** Something that can be typed after {@code ./autopilot}. */
@FunctionalInterface
public interface Command {
  /** Does it and gives the exit code. */
  int run(Arguments arguments) throws InterruptedException;
}
