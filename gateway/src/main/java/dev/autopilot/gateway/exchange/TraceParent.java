package dev.autopilot.gateway.exchange;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** W3C Trace Context: the caller's if it is well-formed, else a new one, not sampled. */
final class TraceParent {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int LENGTH = 55;
  private static final int TRACE_FROM = 3;
  private static final int TRACE_TO = 35;

  private TraceParent() {}

  static String choose(@Nullable String offered) {
    return offered != null && isSane(offered) ? offered : create();
  }

  static String traceId(String traceParent) {
    return traceParent.substring(TRACE_FROM, TRACE_TO);
  }

  private static boolean isSane(String offered) {
    if (offered.length() != LENGTH || !offered.startsWith("00-")) {
      return false;
    }
    for (int i = TRACE_FROM; i < LENGTH; i++) {
      char c = offered.charAt(i);
      boolean dash = i == TRACE_TO || i == 52;
      if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  private static String create() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    char[] text = new char[LENGTH];
    text[0] = '0';
    text[1] = '0';
    text[2] = '-';
    hex(random.nextLong() | 1, text, TRACE_FROM);
    hex(random.nextLong(), text, TRACE_FROM + 16);
    text[TRACE_TO] = '-';
    hex(random.nextLong() | 1, text, TRACE_TO + 1);
    text[52] = '-';
    text[53] = '0';
    text[54] = '0';
    return new String(text);
  }

  private static void hex(long bits, char[] to, int at) {
    for (int i = 0; i < 16; i++) {
      to[at + i] = HEX[(int) (bits >>> (60 - 4 * i)) & 15];
    }
  }
}
