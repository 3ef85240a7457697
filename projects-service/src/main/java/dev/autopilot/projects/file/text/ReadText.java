package dev.autopilot.projects.file.text;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the text in a file. */
public final class ReadText {
  private static final Logger LOG = Logger.getLogger(ReadText.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Duration timeout;
  private final long unpacked;
  private final int largest;

  /**
   * @param timeout for one file
   * @param unpacked bytes that may be unpacked of one file
   * @param largest characters that are kept of one file
   */
  public ReadText(Duration timeout, long unpacked, int largest) {
    this.timeout = timeout;
    this.unpacked = unpacked;
    this.largest = largest;
  }

  /** One kind of file. */
  interface Reader {
    void read(Path file, TextSink sink, Budget budget) throws IOException;
  }

  public static boolean reads(String contentType) {
    return reader(contentType) != null;
  }

  private static @Nullable Reader reader(String contentType) {
    return switch (contentType) {
      case "application/pdf" -> PdfText::read;
      case "text/html", "application/xhtml+xml" -> HtmlText::read;
      case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ->
          OfficeText::readWord;
      case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> SheetText::read;
      case "application/vnd.openxmlformats-officedocument.presentationml.presentation" ->
          OfficeText::readSlides;
      case "application/vnd.oasis.opendocument.text",
          "application/vnd.oasis.opendocument.spreadsheet",
          "application/vnd.oasis.opendocument.presentation" ->
          OfficeText::readOpenDocument;
      case "application/json", "application/xml", "application/javascript", "application/x-sh" ->
          PlainText::read;
      default -> contentType.startsWith("text/") ? PlainText::read : null;
    };
  }

  /**
   * Always answers, soon after the timeout at the latest: a parser that can't be stopped is left to
   * itself, on a thread that ends with the process.
   */
  public Reading read(String contentType, Path file) throws InterruptedException {
    Reader reader = reader(contentType);
    if (reader == null) {
      return Reading.NOTHING;
    }
    Budget budget = new Budget(timeout, unpacked);
    AtomicReference<Reading> result = new AtomicReference<>(Reading.BROKEN);
    Thread thread =
        Thread.ofPlatform()
            .name("text")
            .daemon()
            .start(() -> result.set(read(reader, contentType, file, budget)));
    try {
      if (!thread.join(timeout.plus(GRACE))) {
        LOG.warnf("Reading a file of type %s can't be stopped", contentType);
      }
    } finally {
      thread.interrupt();
    }
    return Objects.requireNonNull(result.get());
  }

  private Reading read(Reader reader, String contentType, Path file, Budget budget) {
    TextSink sink = new TextSink(budget, largest);
    try {
      reader.read(file, sink, budget);
      String text = sink.text();
      return text.isEmpty() ? Reading.NOTHING : new Reading(Reading.Outcome.WHOLE, text);
    } catch (TextSink.Full | Budget.Spent bound) {
      String text = sink.text();
      return text.isEmpty() ? Reading.BROKEN : new Reading(Reading.Outcome.CUT, text);
    } catch (IOException | RuntimeException broken) {
      LOG.debugf(broken, "A file of type %s can't be read", contentType);
      return Reading.BROKEN;
    } catch (StackOverflowError | OutOfMemoryError | LinkageError tooMuch) {
      LOG.warnf("A file of type %s can't be read: %s", contentType, tooMuch);
      return Reading.BROKEN;
    }
  }
}
