package dev.autopilot.local.command;

import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code logs}: the last lines of one log or of all, and with {@code -f} whatever follows. */
public final class LogsCommand implements Command {
  private static final int LINES_OF_ONE = 200;
  private static final int LINES_OF_EACH = 20;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Layout layout;
  private final PrintStream out;

  public LogsCommand(Layout layout, PrintStream out) {
    this.layout = layout;
    this.out = out;
  }

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    boolean follow = arguments.flag("-f", "--follow");
    var words = arguments.words();
    arguments.refuseRest();
    List<String> known = names();
    if (known.isEmpty()) {
      throw new Refusal("There are no logs yet; ./autopilot up makes them.");
    }
    List<String> wanted = words.isEmpty() ? known : List.copyOf(words);
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new Refusal(
            "There is no log of \"%s\"; there are %s.".formatted(name, String.join(", ", known)));
      }
    }
    var logs = new LinkedHashMap<String, FollowedLog>();
    wanted.forEach(name -> logs.put(name, new FollowedLog(layout.log(name))));
    int lines = wanted.size() == 1 ? LINES_OF_ONE : LINES_OF_EACH;
    for (Map.Entry<String, FollowedLog> log : logs.entrySet()) {
      print(log.getKey(), last(log.getValue(), lines), logs.size() > 1);
    }
    while (follow) {
      logs.forEach((name, log) -> print(name, log.newLines(), logs.size() > 1));
      out.flush();
      Thread.sleep(POLL);
    }
    return 0;
  }

  private List<String> names() {
    if (!Files.isDirectory(layout.logs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(layout.logs())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .map(name -> name.substring(0, name.length() - ".log".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new Refusal("%s can't be read: %s".formatted(layout.logs(), e.getMessage()), e);
    }
  }

  private static List<String> last(FollowedLog log, int lines) {
    try {
      return log.lastLines(lines);
    } catch (IOException e) {
      throw new Refusal("A log can't be read: " + e.getMessage(), e);
    }
  }

  private void print(String name, List<String> lines, boolean named) {
    for (String line : lines) {
      out.println(named ? "%-12s | %s".formatted(name, line) : line);
    }
  }
}
