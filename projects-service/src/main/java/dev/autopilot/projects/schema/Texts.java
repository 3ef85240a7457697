package dev.autopilot.projects.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What texts a field takes. */
public final class Texts {
  static final int MAX_TEXT = 500;
  static final int MAX_LONG_TEXT = 100_000;
  private static final int MAX_EMAIL = 254;
  private static final int MAX_URL = 2_000;

  /** Always three digits of a second, so that the order of the texts is the order of time. */
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /**
   * One @, something around it, a dot behind it: whether it exists only a message can tell. The
   * JDK's engine is the quicker one, and safe here: the text is short and the pattern our own.
   */
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\"(),:;<>\\[\\]\\\\]{1,64}@[A-Za-z0-9.-]+\\.[A-Za-z0-9-]{2,63}");

  private Texts() {}

  static String read(Field field, String text) throws InvalidValueException {
    requireStorable(text);
    return switch (field.type()) {
      case TEXT -> line(field.options(), text);
      case LONG_TEXT -> atMost(MAX_LONG_TEXT, text);
      case DATE -> date(text);
      case DATETIME -> datetime(text);
      case SELECT, MULTI_SELECT -> choice(field.options(), text);
      case EMAIL -> email(text);
      case URL -> url(text);
      case RELATION, FILE -> id(text);
      case NUMBER, DECIMAL, BOOLEAN, JSON, AUTONUMBER ->
          throw new IllegalArgumentException(field.type() + " is no text");
    };
  }

  private static String line(FieldOptions options, String text) throws InvalidValueException {
    Integer maxLength = options.maxLength();
    atMost(maxLength == null ? MAX_TEXT : maxLength, text);
    String pattern = options.pattern();
    if (pattern != null && !Patterns.compiled(pattern).matches(text)) {
      throw new InvalidValueException("Doesn't match the pattern " + pattern + ".");
    }
    return text;
  }

  private static String atMost(int length, String text) throws InvalidValueException {
    if (text.codePointCount(0, text.length()) > length) {
      throw new InvalidValueException("At most " + length + " characters.");
    }
    return text;
  }

  public static String date(String text) throws InvalidValueException {
    try {
      LocalDate date = LocalDate.parse(text);
      if (text.length() == 10 && date.getYear() > 0) {
        return text;
      }
    } catch (DateTimeException notADate) {
      // The refusal below says what one looks like.
    }
    throw new InvalidValueException("Expected a date such as 2026-01-31.");
  }

  public static String datetime(String text) throws InvalidValueException {
    try {
      return instant(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException notAnInstant) {
      throw new InvalidValueException("Expected an instant such as 2026-01-31T12:00:00Z.");
    }
  }

  /** The stored form of an instant, to the millisecond. */
  public static String instant(Instant instant) throws InvalidValueException {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 1 || year > 9999) {
      throw new InvalidValueException("Only the years 1 to 9999.");
    }
    return INSTANT.format(instant.truncatedTo(ChronoUnit.MILLIS));
  }

  private static String choice(FieldOptions options, String text) throws InvalidValueException {
    if (options.choices() != null) {
      for (Choice choice : options.choices()) {
        if (choice.value().equals(text)) {
          return text;
        }
      }
    }
    throw new InvalidValueException("Not one of the choices.");
  }

  private static String email(String text) throws InvalidValueException {
    if (text.length() > MAX_EMAIL || !EMAIL.matcher(text).matches()) {
      throw new InvalidValueException("Expected an e-mail address.");
    }
    return text;
  }

  /** Only the web's own schemes: a console must be able to show it as a link. */
  private static String url(String text) throws InvalidValueException {
    @Nullable URI url = null;
    try {
      url = new URI(text);
    } catch (URISyntaxException notOne) {
      // The refusal below is all there is to say.
    }
    if (url == null
        || url.getHost() == null
        || !("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
        || text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_URL) {
      throw new InvalidValueException("Expected an http or https URL of at most 2000 bytes.");
    }
    return text;
  }

  private static String id(String text) throws InvalidValueException {
    try {
      String canonical = UUID.fromString(text).toString();
      if (canonical.equalsIgnoreCase(text)) {
        return canonical;
      }
    } catch (IllegalArgumentException notAnId) {
      // The refusal below is all there is to say.
    }
    throw new InvalidValueException("Expected an id.");
  }

  static void requireStorable(String text) throws InvalidValueException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new InvalidValueException("Text can't hold the character U+0000.");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new InvalidValueException("Text can't hold half a surrogate pair.");
      }
    }
  }
}
