package dev.autopilot.integration.delivery;

import dev.autopilot.integration.signature.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the endpoint's owner sees it.
 *
 * @param refusal why it was rejected
 * @param headers by their names in lower case, credentials left out
 * @param query the query string as it was sent
 * @param size of the whole body, in bytes
 * @param body null for what was rejected; in lists only the beginning
 * @param bodyEncoding {@code utf-8}, or {@code base64} for a body that isn't text
 * @param bodyTruncated whether there is more of the body than is shown
 * @param replays how often it was told again
 * @param executions of workflows that it started
 */
public record DeliveryView(
    UUID id,
    UUID endpointId,
    Instant receivedAt,
    DeliveryStatus status,
    @Nullable Refusal refusal,
    Map<String, String> headers,
    @Nullable String query,
    int size,
    @Nullable String body,
    @Nullable String bodyEncoding,
    boolean bodyTruncated,
    int replays,
    List<UUID> executions) {}
