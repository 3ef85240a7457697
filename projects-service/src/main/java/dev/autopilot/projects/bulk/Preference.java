package dev.autopilot.projects.bulk;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of an answer a client wants: {@code Prefer: return=minimal} of RFC 7240. */
enum Preference {
  /** The records as they are now, which is the default. */
  REPRESENTATION,
  /** Their ids alone: what a thousand of them hold, whoever sent it knows already. */
  MINIMAL;

  /** What a client asked for, for the answer to say that it was done. */
  static final String MINIMAL_TOKEN = "return=minimal";

  private static final Pattern RETURN =
      Pattern.compile("(?i)return\\s*=\\s*\"?(minimal|representation)\"?\\s*(;.*)?");

  /** The first {@code return} counts, as the RFC has it; whatever isn't understood is ignored. */
  static Preference of(List<String> headers) {
    for (String header : headers) {
      for (String preference : header.split(",", -1)) {
        Matcher wish = RETURN.matcher(preference.strip());
        if (wish.matches()) {
          return "minimal".equalsIgnoreCase(wish.group(1)) ? MINIMAL : REPRESENTATION;
        }
      }
    }
    return REPRESENTATION;
  }
}
