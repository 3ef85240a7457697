package dev.autopilot.integration.endpoint;

import dev.autopilot.integration.signature.Scheme;
import dev.autopilot.integration.signature.Signature;
import java.util.UUID;

/** An endpoint as a delivery meets it. */
public record Receiver(UUID endpointId, UUID ownerId, Scheme scheme, Signature signature) {}
