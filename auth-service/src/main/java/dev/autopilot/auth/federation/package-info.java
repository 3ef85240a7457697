/**
 * Signing in at another provider: OpenID Connect, and GitHub's OAuth 2.0. A provider says who
 * somebody is; whether they come in, and as whom, is decided here.
 */
@NullMarked
package dev.autopilot.auth.federation;

import org.jspecify.annotations.NullMarked;
