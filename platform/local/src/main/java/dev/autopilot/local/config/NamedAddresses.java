package dev.autopilot.local.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Variables that are addresses and go to the services as they are: what is written wrongly is said
 * here, in a sentence, and not by a service's log once everything else has been started.
 */
final class NamedAddresses {
  private static final Set<String> WEB = Set.of("http", "https");

  private NamedAddresses() {}

  static void check(Map<String, String> variables) {
    require(
        variables,
        "REDIS_URL",
        Set.of("redis", "rediss", "redis-socket", "redis-sentinel"),
        "redis://host:6379");
    require(variables, "SMTP_URL", Set.of("smtp", "smtps"), "smtp://user:password@host:587");
    require(variables, "AUTOPILOT_PUBLIC_URL", WEB, "https://autopilot.example.com");
    given(variables, "ALLOWED_ORIGINS")
        .filter(origins ->
            !Stream.of(origins.split(",", -1)).allMatch(origin -> isUrl(origin.strip(), WEB)))
        .ifPresent(
            origins -> refuse("ALLOWED_ORIGINS", "https://one.example,https://other.example"));
    given(variables, "AUTOPILOT_HOST").ifPresent(NamedAddresses::requireOurs);
  }

  private static void require(
      Map<String, String> variables, String name, Set<String> schemes, String example) {
    given(variables, name)
        .filter(value -> !isUrl(value, schemes))
        .ifPresent(value -> refuse(name, example));
  }

  /** Never with the value: it may hold a password. */
  private static void refuse(String name, String example) {
    throw new Refusal("%s must look like %s.".formatted(name, example));
  }

  private static boolean isUrl(String text, Set<String> schemes) {
    try {
      URI url = URI.create(text);
      return url.getScheme() != null
          && schemes.contains(url.getScheme())
          && url.getRawSchemeSpecificPart().startsWith("//")
          && url.getRawSchemeSpecificPart().length() > 2;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void requireOurs(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
        return;
      }
    } catch (UnknownHostException | SocketException e) {
      // Said below.
    }
    throw new Refusal(
        "AUTOPILOT_HOST is \"%s\", which is no address of this machine; 0.0.0.0 is all of them."
            .formatted(host));
  }

  private static Optional<String> given(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name));
  }
}
