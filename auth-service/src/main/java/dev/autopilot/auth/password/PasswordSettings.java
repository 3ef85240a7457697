package dev.autopilot.auth.password;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/** What a password hash costs, and how many may be made at once. */
@ConfigMapping(prefix = "autopilot.auth.passwords")
public interface PasswordSettings {
  /** Memory of one hash; OWASP's Argon2id minimum is 19 MiB with two passes. */
  @WithDefault("19M")
  MemorySize memory();

  /**
   * A service that knows the passwords of breaches, such as {@code https://api.pwnedpasswords.com}
   * or a mirror of it: none unless named, since it is somebody else's. It hears five digits of a
   * hash, and no password.
   */
  Optional<URI> breaches();

  /** Passes over that memory. */
  @WithDefault("2")
  int iterations();

  /** Lanes. */
  @WithDefault("1")
  int parallelism();

  /**
   * Hashes at once; by default one less than there are processors, so that one is left for
   * everybody else.
   */
  OptionalInt hashers();

  /** How many may wait for a hasher; whoever comes then is told to come again (503). */
  @WithDefault("64")
  int queue();
}
