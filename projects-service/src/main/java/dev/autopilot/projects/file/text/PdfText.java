package dev.autopilot.projects.file.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;

/** PDF, page by page. What a page paints rather than writes, such as a scan, is no text. */
final class PdfText {
  static {
    FontMappers.set(new OneFont());
  }

  private PdfText() {}

  static void read(Path file, TextSink sink, Budget budget) throws IOException {
    try (RandomAccessRead source = new Stoppable(file, budget);
        PDDocument document = new BoundedPdf(source, budget).parse()) {
      PDFTextStripper stripper =
          new PDFTextStripper() {
            @Override
            protected void startPage(PDPage page) {
              budget.checkTime();
            }

            @Override
            protected void processOperator(Operator operator, List<COSBase> operands)
                throws IOException {
              budget.checkTime();
              super.processOperator(operator, operands);
            }
          };
      stripper.setLineSeparator("\n");
      stripper.writeText(document, sink);
    }
  }

  /** A parser that goes round in circles reads, and so it ends. */
  private static final class Stoppable extends RandomAccessReadBufferedFile {
    private static final int READS = 4_096;

    private final Budget budget;
    private int reads;

    Stoppable(Path file, Budget budget) throws IOException {
      super(file.toFile());
      this.budget = budget;
    }

    @Override
    public int read() throws IOException {
      check();
      return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      check();
      return super.read(target, offset, length);
    }

    private void check() {
      if (++reads % READS == 0) {
        budget.checkTime();
      }
    }
  }
}
