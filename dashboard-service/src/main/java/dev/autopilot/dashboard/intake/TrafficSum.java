package dev.autopilot.dashboard.intake;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** What is read of {@code gateway.traffic.summed}. */
@RegisterForReflection
record TrafficSum(
    Instant minute,
    String route,
    String principal,
    long requests,
    long refused,
    long errors,
    long micros,
    long slowestMicros) {}
