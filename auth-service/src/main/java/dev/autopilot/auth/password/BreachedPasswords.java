package dev.autopilot.auth.password;

import dev.autopilot.kernel.http.OutgoingClient;
import dev.autopilot.kernel.http.OutgoingRequest;
import dev.autopilot.kernel.http.OutgoingResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The passwords of all known breaches, which are too many to keep here: asked of a service that
 * knows them, if the installation names one (ASVS 6.2.12). By its protocol, the range API of Have I
 * Been Pwned, it hears the first five hexadecimal digits of the password's SHA-1 and answers with
 * all that begin so; what it was asked for it can't tell.
 *
 * <p>While it is away passwords are taken without its word: people can't be kept from setting a
 * password by an outage of somebody else.
 */
@ApplicationScoped
class BreachedPasswords {
  private static final Logger LOG = Logger.getLogger(BreachedPasswords.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LONGEST = 1L << 20;
  private static final int PREFIX = 5;

  private final Optional<URI> service;
  private final Asking asking;

  /** Sends a request and waits for the answer. */
  @FunctionalInterface
  interface Asking {
    OutgoingResponse send(OutgoingRequest request) throws IOException, InterruptedException;
  }

  @Inject
  BreachedPasswords(PasswordSettings settings, OutgoingClient client) {
    this(settings.breaches(), client::send);
  }

  BreachedPasswords(Optional<URI> service, Asking asking) {
    this.service = service;
    this.asking = asking;
  }

  boolean contains(Password password) {
    return service.filter(address -> isKnownTo(address, sha1(password))).isPresent();
  }

  private boolean isKnownTo(URI address, String hash) {
    URI range =
        URI.create(address.toString().replaceAll("/$", "") + "/range/" + hash.substring(0, PREFIX));
    try {
      OutgoingResponse answer =
          asking.send(
              OutgoingRequest.get(range)
                  .header("Add-Padding", "true") // so that its length tells nothing either
                  .header("User-Agent", "Autopilot")
                  .within(PATIENCE)
                  .atMost(LONGEST));
      if (!answer.isSuccess()) {
        throw new IOException("it answered " + answer.status());
      }
      String rest = hash.substring(PREFIX) + ":";
      return answer.text().lines().anyMatch(line -> line.startsWith(rest) && !isPadding(line));
    } catch (IOException away) {
      LOG.warnf("A password is taken without asking for breaches: %s", away.getMessage());
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lines that only fill up say that the password was found no time. */
  private static boolean isPadding(String line) {
    return line.endsWith(":0");
  }

  private static String sha1(Password password) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(password.bytes()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
