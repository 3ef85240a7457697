package dev.autopilot.gateway.door;

import dev.autopilot.gateway.exchange.Client;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose {@code X-Forwarded-*} are believed. Everybody else is who they connect as, whatever they
 * say.
 */
final class TrustedProxies {
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";
  private static final String HOST = "X-Forwarded-Host";

  private final List<Network> networks;

  /**
   * @param networks such as {@code 10.0.0.0/8} or {@code fd00::/8}
   */
  TrustedProxies(List<String> networks) {
    this.networks = networks.stream().map(Network::of).toList();
  }

  /** Where the request comes from. */
  Client client(HttpServerRequest request) {
    return client(
        request.remoteAddress().hostAddress(),
        request.isSSL() ? "https" : "http",
        request.headers());
  }

  Client client(String peer, String scheme, MultiMap headers) {
    String host = headers.get(HttpHeaders.HOST);
    if (networks.isEmpty() || !isTrusted(peer)) {
      return new Client(peer, scheme, host);
    }
    String proto = headers.get(PROTO);
    String asked = headers.get(HOST);
    return new Client(
        origin(peer, headers.getAll(FOR)),
        "https".equalsIgnoreCase(proto)
            ? "https"
            : "http".equalsIgnoreCase(proto) ? "http" : scheme,
        asked == null ? host : first(asked));
  }

  /** From the last one backwards: the first address that isn't one of our own proxies. */
  private String origin(String peer, List<String> chains) {
    List<String> chain = new ArrayList<>();
    for (String part : chains) {
      for (String address : part.split(",")) {
        chain.add(address.strip());
      }
    }
    String origin = peer;
    for (String address : chain.reversed()) {
      if (NetUtil.createByteArrayFromIpAddressString(address) == null) {
        return origin;
      }
      origin = address;
      if (!isTrusted(address)) {
        return origin;
      }
    }
    return origin;
  }

  private static String first(String list) {
    int comma = list.indexOf(',');
    return comma < 0 ? list : list.substring(0, comma).strip();
  }

  private boolean isTrusted(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes != null && networks.stream().anyMatch(network -> network.holds(bytes));
  }

  /** An address and how many of its bits count. */
  private static final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    static Network of(String cidr) {
      int slash = cidr.indexOf('/');
      byte[] address =
          NetUtil.createByteArrayFromIpAddressString(slash < 0 ? cidr : cidr.substring(0, slash));
      int bits = bits(cidr, slash, address);
      if (address == null || bits < 0 || bits > address.length * 8) {
        throw new IllegalArgumentException(
            "gateway.door.trusted-proxies: \"" + cidr + "\" is not a network such as 10.0.0.0/8.");
      }
      return new Network(address, bits);
    }

    private static int bits(String cidr, int slash, byte @Nullable [] address) {
      if (slash < 0) {
        return address == null ? -1 : address.length * 8;
      }
      try {
        return Integer.parseInt(cidr.substring(slash + 1));
      } catch (NumberFormatException notANumber) {
        return -1;
      }
    }

    boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
        if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
