package dev.autopilot.gateway.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as it can be believed.
 *
 * @param address the client's address, without port
 * @param scheme what the client used, {@code http} or {@code https}
 * @param host the host, and port, that the client asked for
 */
public record Client(String address, String scheme, @Nullable String host) {}
