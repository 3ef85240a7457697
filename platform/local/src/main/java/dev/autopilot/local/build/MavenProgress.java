package dev.autopilot.local.build;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what Maven says into one calm line a module, and remembers what it complains about. */
public final class MavenProgress implements Consumer<String> {
  private static final Pattern MODULE =
      Pattern.compile("\\[INFO] Building ([\\w.-]+) \\S+(?: +\\[\\d+/\\d+])?");
  private static final Pattern TESTS =
      Pattern.compile(
          "\\[\\w+] Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)");
  private static final Pattern NOISE =
      Pattern.compile(
          "\\[ERROR]\\s*($|at |To see the full|Re-run Maven|For more information|\\[Help|After"
              + " correcting|mvn <args>|-> \\[Help).*");
  private static final String ROOT_MODULE = "Autopilot";
  private static final int MOST_COMPLAINTS = 15;

  private final String verb;
  private final PrintStream out;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> finished = new ArrayList<>();
  private String module = "";
  private Instant began = Instant.now();
  private String tests = "";
  private boolean open;

  /** {@code verb} begins each line: "building", "testing". */
  public MavenProgress(String verb, PrintStream out) {
    this.verb = verb;
    this.out = out;
    begin("preparing the build");
  }

  @Override
  public void accept(String line) {
    Matcher next = MODULE.matcher(line);
    Matcher counted = TESTS.matcher(line);
    if (next.matches()) {
      end();
      finished.add(module);
      module = next.group(1);
      if (!next.group(1).equals(ROOT_MODULE)) {
        begin(verb + " " + next.group(1));
      }
    } else if (counted.matches()) {
      int failed = Integer.parseInt(counted.group(2)) + Integer.parseInt(counted.group(3));
      tests =
          ", %s tests%s"
              .formatted(counted.group(1), failed == 0 ? "" : ", %d failed".formatted(failed));
    } else if (line.startsWith("[INFO] Reactor Summary")) {
      end();
    } else if (line.startsWith("[ERROR]") && !NOISE.matcher(line).matches()) {
      complaints.add(line.substring("[ERROR]".length()).replace("-> [Help 1]", "").strip());
    }
  }

  /** Ends the line that is open. */
  public void end() {
    if (open) {
      out.printf("%s%s%n", seconds(Duration.between(began, Instant.now())), tests);
      open = false;
    }
  }

  /** The modules after which another one was begun. */
  List<String> finished() {
    return List.copyOf(finished);
  }

  /** What Maven complained about, without its advice about itself. */
  public List<String> complaints() {
    return complaints.stream().distinct().limit(MOST_COMPLAINTS).toList();
  }

  private void begin(String what) {
    out.printf("  %s %s ", what, ellipsis());
    out.flush();
    began = Instant.now();
    tests = "";
    open = true;
  }

  /** As the terminal can show it; without a locale that is ASCII. */
  private String ellipsis() {
    return out.charset().newEncoder().canEncode('…') ? "…" : "...";
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() < 1 ? "under 1 s" : duration.toSeconds() + " s";
  }
}
