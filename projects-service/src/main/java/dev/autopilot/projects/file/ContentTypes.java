package dev.autopilot.projects.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.tika.Tika;

/** What content is by its bytes, whatever it is called. */
final class ContentTypes {
  /** Enough for the names of a document's first parts, too little for a bomb to cost much. */
  private static final int LOOKED_AT = 256 * 1024;

  private static final int ENTRIES = 100;
  private static final String OOXML = "application/vnd.openxmlformats-officedocument.";
  private static final Map<String, String> OFFICE =
      Map.of(
          "word", OOXML + "wordprocessingml.document",
          "xl", OOXML + "spreadsheetml.sheet",
          "ppt", OOXML + "presentationml.presentation");

  private static final Tika TIKA = new Tika();

  private ContentTypes() {}

  /** Reads no more than the beginning, and doesn't close it. */
  static String of(InputStream content) throws IOException {
    BufferedInputStream beginning =
        new BufferedInputStream(new java.io.ByteArrayInputStream(content.readNBytes(LOOKED_AT)));
    beginning.mark(LOOKED_AT + 1);
    String type = TIKA.detect(beginning);
    if (type.equals("application/zip") || type.equals("application/x-tika-ooxml")) {
      beginning.reset();
      return office(beginning, type);
    }
    return type;
  }

  /** Office documents are archives; which kind of document one is, its entries' names say. */
  private static String office(InputStream archive, String otherwise) {
    boolean document = false;
    try (ZipInputStream zip = new ZipInputStream(archive)) {
      ZipEntry entry = zip.getNextEntry();
      for (int seen = 0; entry != null && seen < ENTRIES; seen++) {
        String name = entry.getName();
        document |= name.equals("[Content_Types].xml") || name.equals("_rels/.rels");
        String type = OFFICE.get(name.replaceAll("/.*", ""));
        if (document && type != null) {
          return type;
        }
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException endOfWhatWeLookAt) {
      // Then it is what it seemed to be.
    }
    return otherwise;
  }
}
