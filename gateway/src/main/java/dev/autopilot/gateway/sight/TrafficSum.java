package dev.autopilot.gateway.sight;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one principal did on one route in one minute: the data of {@code gateway.traffic.summed}.
 *
 * @param principal {@code user} with {@code userId}, {@code anonymous}, or {@code other} for those
 *     beyond the number that is told apart
 * @param errors answers of 500 and above, and those whose client didn't wait
 * @param refused answers of 400 to 498
 * @param micros all latencies together
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrafficSum(
    Instant minute,
    String route,
    String principal,
    @Nullable String userId,
    long requests,
    long refused,
    long errors,
    long micros,
    long slowestMicros) {}
