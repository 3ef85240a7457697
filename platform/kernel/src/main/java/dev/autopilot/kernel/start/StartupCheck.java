package dev.autopilot.kernel.start;

import org.jspecify.annotations.Nullable;

/** Something that must be right before a service may run; every bean of this type is asked. */
public interface StartupCheck {
  /** One clear sentence that says what to set, or null when all is well. */
  @Nullable String refusal();
}
