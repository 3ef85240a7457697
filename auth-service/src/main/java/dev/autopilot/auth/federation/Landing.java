package dev.autopilot.auth.federation;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the browser goes when the provider has answered.
 *
 * @param program who waits there for a ticket, or null when it is a page of ours, which gets its
 *     session in cookies
 */
record Landing(URI address, @Nullable Holder program) {

  boolean isPage() {
    return program == null;
  }

  /** A page finds it in the fragment, which no server sees; a program in the query. */
  URI with(String name, String value) {
    UriBuilder address = UriBuilder.fromUri(address());
    return isPage()
        ? address.fragment("{name}={value}").build(name, value)
        : address.queryParam(name, "{value}").build(value);
  }
}
