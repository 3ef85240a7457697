package dev.autopilot.gateway.limit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;

/**
 * What became of asking for one request more.
 *
 * @param limit the {@code RateLimit} field of the IETF draft: of the windows, the one that is
 *     nearest to its end; {@code t} is the time until it is whole again
 * @param waitNanos how long until there is another one, if it was not granted
 */
record Ration(boolean granted, String limit, long waitNanos) {

  static Ration of(VerboseResult<ConsumptionProbe> result, Quota quota) {
    long[] left = result.getDiagnostics().getAvailableTokensPerEachBandwidth();
    int nearest = left[1] < left[0] ? 1 : 0;
    long capacity = quota.capacity(nearest);
    long window = Quota.WINDOWS[nearest];
    long remaining = Math.max(0, left[nearest]);
    long whole = ((capacity - remaining) * window + capacity - 1) / capacity;
    return new Ration(
        result.getValue().isConsumed(),
        "\"" + Quota.NAMES[nearest] + "\";r=" + remaining + ";t=" + whole,
        result.getValue().getNanosToWaitForRefill());
  }
}
