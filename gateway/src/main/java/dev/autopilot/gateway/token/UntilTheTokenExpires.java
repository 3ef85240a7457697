package dev.autopilot.gateway.token;

import com.github.benmanes.caffeine.cache.Expiry;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.kernel.identity.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long a principal is remembered: as long as its token lasts. */
record UntilTheTokenExpires(Clock clock) implements Expiry<String, Principal> {
  @Override
  public long expireAfterCreate(String shown, Principal principal, long now) {
    AccessToken token = principal.token();
    Instant end = token == null ? clock.instant() : token.expiresAt();
    return Math.max(0, Duration.between(clock.instant(), end).toNanos());
  }

  @Override
  public long expireAfterUpdate(String shown, Principal principal, long now, long left) {
    return expireAfterCreate(shown, principal, now);
  }

  @Override
  public long expireAfterRead(String shown, Principal principal, long now, long left) {
    return left;
  }
}
