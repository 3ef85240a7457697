package dev.autopilot.local.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: {@code KEY=value} a line, {@code #} comments, an optional {@code export}. A
 * value in single quotes is taken as it is; in double quotes {@code \n \t \" \\ \$} are understood;
 * without quotes a comment may follow after a space. Nothing is expanded.
 */
public final class DotEnv {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
  private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
  private static final Pattern DOUBLE_QUOTED =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private DotEnv() {}

  /** What the file says; nothing when there is none. */
  public static Map<String, String> read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readAllLines(file));
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      throw new Refusal("%s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  static Map<String, String> parse(String name, List<String> lines) {
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (!assignment.matches()) {
        throw new Refusal("%s, line %d, is not of the form KEY=value.".formatted(name, i + 1));
      }
      values.put(assignment.group(1), value(assignment.group(2), name, i + 1));
    }
    return Map.copyOf(values);
  }

  private static String value(String text, String name, int line) {
    if (text.startsWith("'") || text.startsWith("\"")) {
      boolean single = text.startsWith("'");
      Matcher quoted = (single ? SINGLE_QUOTED : DOUBLE_QUOTED).matcher(text);
      if (!quoted.matches()) {
        throw new Refusal("%s, line %d, has a quote that isn't closed.".formatted(name, line));
      }
      return single ? quoted.group(1) : unescaped(quoted.group(1));
    }
    return text.replaceFirst("(^|\\s+)#.*$", "").strip();
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(escape ->
            Matcher.quoteReplacement(
                switch (escape.group(1)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  case "\"", "\\", "$" -> escape.group(1);
                  default -> escape.group();
                }));
  }
}
