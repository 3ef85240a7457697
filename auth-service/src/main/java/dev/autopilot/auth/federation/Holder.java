package dev.autopilot.auth.federation;

import dev.autopilot.auth.secret.OpaqueToken;

/**
 * Whoever has the secret with this hash: a browser its cookie, a program its PKCE verifier.
 *
 * @param hash base64url of the secret's SHA-256, which is what PKCE's S256 calls its challenge
 */
record Holder(String hash) {
  static Holder of(OpaqueToken secret) {
    return new Holder(OpaqueToken.of(secret.hash()).value());
  }
}
