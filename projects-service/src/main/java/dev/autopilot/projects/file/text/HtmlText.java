package dev.autopilot.projects.file.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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

  private HtmlText() {}

  static void read(Path file, TextSink sink, Budget budget) throws IOException {
    long size = Files.size(file);
    long looked = Math.min(size, budget.piece() / LARGEST_SHARE);
    Document page;
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes((int) looked);
      page = Jsoup.parse(new java.io.ByteArrayInputStream(bytes), null, "");
    }
    page.filter(new Seen(sink));
    if (looked < size) {
      throw new TextSink.Full();
    }
  }

  private static final class Seen implements NodeFilter {
    private final TextSink sink;

    Seen(TextSink sink) {
      this.sink = sink;
    }

    @Override
    public FilterResult head(Node node, int depth) {
      if (node instanceof TextNode text) {
        sink.write(text.getWholeText().replaceAll("\\s+", " "));
      } else if (node instanceof Element element) {
        if (UNSEEN.contains(element.normalName())) {
          return FilterResult.SKIP_ENTIRELY;
        }
        if (element.isBlock() || element.normalName().equals("br")) {
          sink.write("\n");
        }
      }
      return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
      if (node instanceof Element element) {
        String name = element.normalName();
        if (name.equals("td") || name.equals("th")) {
          sink.write("\t");
        } else if (element.isBlock()) {
          sink.write("\n");
        }
      }
      return FilterResult.CONTINUE;
    }
  }
}
