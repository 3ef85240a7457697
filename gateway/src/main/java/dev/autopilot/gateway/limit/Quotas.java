package dev.autopilot.gateway.limit;

import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.kernel.identity.AccessToken;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which quota applies to whom. */
final class Quotas {
  private static final String DEFAULT = "default";

  private final Map<String, Quota> byClass = new ConcurrentHashMap<>();
  private final Map<String, Double> roles;
  private final Map<Scaled, Quota> scaled = new ConcurrentHashMap<>();
  private final Quota usual;

  Quotas(LimitSettings settings) {
    settings
        .classes()
        .forEach((name, quota) -> byClass.put(name, Quota.of(quota.perMinute(), quota.perHour())));
    this.usual = byClass.computeIfAbsent(DEFAULT, absent -> Quota.of(60, 1_000));
    this.roles = Map.copyOf(settings.roles());
  }

  private record Scaled(Quota quota, double factor) {}

  /** A class without a quota of its own has the default's. */
  Quota of(String rateClass, @Nullable Principal principal) {
    Quota quota = byClass.getOrDefault(rateClass, usual);
    double factor = principal == null ? 1 : factor(principal.token());
    return factor == 1
        ? quota
        : scaled.computeIfAbsent(new Scaled(quota, factor), key -> key.quota().times(key.factor()));
  }

  private double factor(@Nullable AccessToken token) {
    if (token == null || roles.isEmpty()) {
      return 1;
    }
    double most = 0;
    for (String role : token.roles()) {
      most = Math.max(most, roles.getOrDefault(role, 0d));
    }
    return most == 0 ? 1 : most;
  }
}
