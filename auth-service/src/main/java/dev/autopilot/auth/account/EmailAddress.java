package dev.autopilot.auth.account;

import java.text.Normalizer;
import java.util.Locale;

/**
 * An address that somebody typed. Two that differ only in case, surrounding space or Unicode form
 * are the same account; mail goes to the one that was registered, never to the one presented.
 */
public record EmailAddress(String text) {
  public EmailAddress {
    text = text.strip();
  }

  /** What accounts are found by. */
  public String key() {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  public String localPart() {
    int at = key().lastIndexOf('@');
    return at < 0 ? key() : key().substring(0, at);
  }
}
