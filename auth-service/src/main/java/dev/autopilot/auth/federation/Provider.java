package dev.autopilot.auth.federation;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import java.net.URI;

/** Somebody else who says who people are. Its methods ask it, and so take as long as it takes. */
sealed interface Provider permits OpenIdProvider, GitHubProvider {
  String name();

  /** What people call it. */
  String title();

  /** Where the browser is sent for somebody to sign in. */
  URI doorFor(Handshake.Secrets secrets);

  /** Who came back from there with that code. */
  ForeignIdentity identify(AuthorizationCode code, Handshake.Secrets secrets);
}
