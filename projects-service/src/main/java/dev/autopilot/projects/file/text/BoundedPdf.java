package dev.autopilot.projects.file.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.DecodeResult;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.io.RandomAccessStreamCache;
import org.apache.pdfbox.io.RandomAccessStreamCache.StreamCacheCreateFunction;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * Parses a PDF whose compressed streams PDFBox would unpack into memory whatever their size: each
 * is measured on the budget before it is handed over.
 */
final class BoundedPdf extends PDFParser {
  private static final Set<COSName> TEXT_FILTERS =
      Set.of(
          COSName.FLATE_DECODE,
          COSName.FLATE_DECODE_ABBREVIATION,
          COSName.LZW_DECODE,
          COSName.LZW_DECODE_ABBREVIATION,
          COSName.RUN_LENGTH_DECODE,
          COSName.RUN_LENGTH_DECODE_ABBREVIATION,
          COSName.ASCII_HEX_DECODE,
          COSName.ASCII_HEX_DECODE_ABBREVIATION,
          COSName.ASCII85_DECODE,
          COSName.ASCII85_DECODE_ABBREVIATION,
          COSName.CRYPT);

  private static final StreamCacheCreateFunction ON_DISK = IOUtils.createTempFileOnlyStreamCache();

  BoundedPdf(RandomAccessRead source, Budget budget) throws IOException {
    super(source, "", null, null, ON_DISK);
    COSDocument unbounded = document;
    RandomAccessStreamCache decrypted = ON_DISK.create();
    document =
        new COSDocument(ON_DISK, this) {
          @Override
          public COSStream createCOSStream(COSDictionary dictionary, long start, long length)
              throws IOException {
            Measured stream =
                new Measured(decrypted, createRandomAccessReadView(start, length), budget);
            dictionary.forEach(stream::setItem);
            stream.setKey(dictionary.getKey());
            return stream;
          }

          @Override
          public void close() throws IOException {
            super.close();
            decrypted.close();
          }
        };
    unbounded.close();
  }

  private static final class Measured extends COSStream {
    private final Budget budget;
    private boolean measured;

    Measured(RandomAccessStreamCache decrypted, RandomAccessReadView content, Budget budget)
        throws IOException {
      super(decrypted, content);
      this.budget = budget;
    }

    /** Everything that reads a stream, unpacked or to unpack it itself, begins here. */
    @Override
    public InputStream createRawInputStream() throws IOException {
      if (!measured) {
        measured = true;
        measure(super.createRawInputStream());
      }
      return super.createRawInputStream();
    }

    private void measure(InputStream content) throws IOException {
      List<COSName> filters = filters();
      InputStream packed = content;
      for (int i = 0; i < filters.size(); i++) {
        if (!TEXT_FILTERS.contains(filters.get(i))) {
          throw new IOException("Images aren't read");
        }
        boolean last = i == filters.size() - 1;
        Meter meter =
            new Meter(last ? OutputStream.nullOutputStream() : new ByteArrayOutputStream());
        try (InputStream input = packed) {
          DecodeResult _ =
              FilterFactory.INSTANCE
                  .getFilter(filters.get(i))
                  .decode(input, meter, this, i, DecodeOptions.DEFAULT);
        }
        if (meter.target instanceof ByteArrayOutputStream unpacked) {
          packed = new ByteArrayInputStream(unpacked.toByteArray());
        }
      }
    }

    private List<COSName> filters() {
      List<COSName> names = new ArrayList<>();
      switch (getFilters()) {
        case COSName one -> names.add(one);
        case COSArray several ->
            several.forEach(name -> {
              if (name instanceof COSName one) {
                names.add(one);
              }
            });
        case null, default -> {}
      }
      return names;
    }

    /** Nothing gets through once too much has. */
    private final class Meter extends OutputStream {
      private final OutputStream target;
      private long size;

      Meter(OutputStream target) {
        this.target = target;
      }

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (size > budget.piece()) {
          throw new Budget.Spent("One stream is too large");
        }
        budget.unpacked(length);
        target.write(bytes, offset, length);
      }
    }
  }
}
