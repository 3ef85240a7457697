package dev.autopilot.integration.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What tells one delivery of an endpoint from another.
 *
 * @param hash of the sender's id, or where there is none of what was sent
 * @param lasting an id names one delivery for ever; the same content is only taken for the same
 *     delivery when it comes again soon
 */
public record DeliveryKey(Hash hash, boolean lasting) {

  /** The sender's id if there is one, else the content. */
  static DeliveryKey of(@Nullable String id, Arrival arrival) {
    if (id != null && !id.isBlank()) {
      return new DeliveryKey(Hash.of("id", id.getBytes(UTF_8)), true);
    }
    String query = arrival.query() == null ? "" : arrival.query();
    return new DeliveryKey(Hash.of("content?" + query, arrival.body()), false);
  }

  /** SHA-256, as short for a long id as for a short one. */
  public static final class Hash {
    private final byte[] bytes;

    private Hash(byte[] bytes) {
      this.bytes = bytes;
    }

    private static Hash of(String kind, byte[] content) {
      try {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(kind.getBytes(UTF_8));
        sha256.update((byte) 0);
        return new Hash(sha256.digest(content));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
