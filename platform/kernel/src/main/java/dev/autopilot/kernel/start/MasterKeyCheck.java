package dev.autopilot.kernel.start;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** A guessable master key gives away everything that is encrypted with it. */
@ApplicationScoped
class MasterKeyCheck implements StartupCheck {
  private static final int MIN_LENGTH = 32;

  private final Settings settings;

  MasterKeyCheck(Settings settings) {
    this.settings = settings;
  }

  @Override
  public @Nullable String refusal() {
    if (settings.production()
        && settings.masterKey().filter(key -> key.length() >= MIN_LENGTH).isEmpty()) {
      return "SECRET_KEY must be set to at least "
          + MIN_LENGTH
          + " random characters in production.";
    }
    if (settings.masterKey().isEmpty()) {
      return "SECRET_KEY must be set; ./autopilot up makes one.";
    }
    return null;
  }
}
