package dev.autopilot.kernel.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which addresses a request on a person's behalf may reach: public ones, and what the operator
 * names. Names are resolved once, and the address that was checked is the one that is dialled, so
 * that a name can't change its meaning in between (DNS rebinding).
 */
public final class AddressGuard {
  private final Set<String> allowedHosts;

  /**
   * @param allowedHosts host names or literal addresses that may be reached though private, such as
   *     {@code ollama.internal}
   */
  public AddressGuard(Set<String> allowedHosts) {
    this.allowedHosts = Set.copyOf(allowedHosts);
  }

  /** The addresses of the host that may be dialled; refused when there is none. */
  List<InetAddress> resolve(String host) throws BlockedAddressException, UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    if (allowedHosts.contains(host)) {
      return List.of(all);
    }
    List<InetAddress> open = Arrays.stream(all).filter(AddressGuard::isPublic).toList();
    if (open.size() < all.length) {
      throw new BlockedAddressException(host);
    }
    return open;
  }

  /** Everything of the IANA special-purpose registries counts as not public. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? isPublicV6(bytes) : isPublicV4(bytes, 0);
  }

  private static boolean isPublicV4(byte[] bytes, int at) {
    int a = bytes[at] & 0xff;
    int b = bytes[at + 1] & 0xff;
    int c = bytes[at + 2] & 0xff;
    return switch (a) {
      case 0, 10, 127 -> false;
      case 100 -> b < 64 || b > 127; // RFC 6598, carrier-grade NAT
      case 169 -> b != 254;
      case 172 -> b < 16 || b > 31;
      case 192 -> b != 168 && !(b == 0 && (c == 0 || c == 2)) && !(b == 88 && c == 99);
      case 198 -> b != 18 && b != 19 && !(b == 51 && c == 100);
      case 203 -> !(b == 0 && c == 113);
      default -> a < 224;
    };
  }

  private static boolean isPublicV6(byte[] bytes) {
    int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    if (first == 0x0064 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b) {
      return isPublicV4(bytes, 12); // RFC 6052, NAT64
    }
    if (first == 0x2002) {
      return isPublicV4(bytes, 2); // 6to4
    }
    boolean globalUnicast = (bytes[0] & 0xe0) == 0x20;
    boolean documentation =
        first == 0x2001 && (bytes[2] & 0xff) == 0x0d && (bytes[3] & 0xff) == 0xb8;
    boolean teredo = first == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
    return globalUnicast && !documentation && !teredo;
  }
}
