package dev.autopilot.local.command;

/** The command line is not understood: exit code 2. The message is one sentence. */
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUsage(String sentence) {
    super(sentence);
  }
}
