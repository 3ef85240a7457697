package dev.autopilot.projects.file.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** What a reader of a page would see. */
final class HtmlText {
  /** A tree takes many times its source's size. */
  private static final int LARGEST_SHARE = 4;

  private static final Set<String> UNSEEN =
      Set.of("script", "style", "noscript", "template", "svg", "math", "iframe", "object");

  private static final Set<String> CELLS = Set.of("td", "th");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private HtmlText() {}

  static void read(Path file, TextSink sink, Budget budget) throws IOException {
    long size = Files.size(file);
    long looked = Math.min(size, budget.piece() / LARGEST_SHARE);
    Document page;
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes((int) looked);
      page = Jsoup.parse(budget.metered(new ByteArrayInputStream(bytes)), null, "");
    }
    page.filter(new Seen(sink));
    if (looked < size) {
      throw new TextSink.Full();
    }
  }

  private static final class Seen implements NodeFilter {
    private final TextSink sink;
    private boolean atLineStart = true;
    private boolean spaceBefore;

    Seen(TextSink sink) {
      this.sink = sink;
    }

    @Override
    public FilterResult head(Node node, int depth) {
      if (node instanceof TextNode text) {
        words(text.getWholeText());
      } else if (node instanceof Element element) {
        if (UNSEEN.contains(element.normalName())) {
          return FilterResult.SKIP_ENTIRELY;
        }
        if (isLine(element)) {
          breakLine();
        }
      }
      return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
      if (node instanceof Element element) {
        if (CELLS.contains(element.normalName())) {
          sink.write("\t");
          atLineStart = true;
          spaceBefore = false;
        } else if (element.isBlock()) {
          breakLine();
        }
      }
      return FilterResult.CONTINUE;
    }

    private static boolean isLine(Element element) {
      String name = element.normalName();
      return name.equals("br") || (element.isBlock() && !CELLS.contains(name));
    }

    /** Any stretch of white space is one space, and none where a line begins or ends. */
    private void words(String text) {
      for (String word : SPACES.split(text, -1)) {
        if (!word.isEmpty()) {
          sink.write(spaceBefore && !atLineStart ? " " + word : word);
          atLineStart = false;
          spaceBefore = false;
        }
        spaceBefore = true;
      }
      spaceBefore = !text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1));
    }

    private void breakLine() {
      sink.write("\n");
      atLineStart = true;
      spaceBefore = false;
    }
  }
}
