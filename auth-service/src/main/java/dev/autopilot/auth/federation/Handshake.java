package dev.autopilot.auth.federation;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;

/**
 * A sign-in under way at a provider.
 *
 * @param browser the one in which it began
 * @param landing where the browser goes afterwards
 */
record Handshake(String provider, Holder browser, Landing landing) {

  /**
   * What keeps the provider's answer together with the question (RFC 9700, section 4.7): the state
   * comes back through the browser, the nonce in the ID token, and the verifier proves to the
   * provider that whoever redeems the code is who asked for it (RFC 7636).
   */
  record Secrets(State state, Nonce nonce, CodeVerifier verifier) {
    @Override
    public String toString() {
      return "Secrets[…]";
    }
  }
}
