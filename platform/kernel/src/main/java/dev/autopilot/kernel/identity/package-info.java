/** Who is calling: access tokens verified against the JWKS, and the one place that reads them. */
@NullMarked
package dev.autopilot.kernel.identity;

import org.jspecify.annotations.NullMarked;
