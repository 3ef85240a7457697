package dev.autopilot.gateway.limit;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/**
 * Under which name an address is counted: an IPv4 address by itself, an IPv6 address by its /64,
 * since whoever has one of those has all of them.
 */
final class Subnet {
  private static final int HALF = 8;

  private Subnet() {}

  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return address;
    }
    if (bytes.length == 4) {
      return NetUtil.bytesToIpAddress(bytes);
    }
    if (isMappedIpv4(bytes)) {
      return NetUtil.bytesToIpAddress(bytes, 12, 4);
    }
    return HexFormat.of().formatHex(bytes, 0, HALF) + "/64";
  }

  private static boolean isMappedIpv4(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
  }
}
