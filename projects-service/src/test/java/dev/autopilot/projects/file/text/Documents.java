package dev.autopilot.projects.file.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Documents as their programs write them, and some that no program would. */
public final class Documents {
  public static final String WORD =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  public static final String SHEET =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  public static final String SLIDES =
      "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  public static final String OPEN_TEXT = "application/vnd.oasis.opendocument.text";

  private static final String W =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

  private Documents() {}

  /** What is written into a part of an archive. */
  interface Content {
    void to(OutputStream part) throws IOException;
  }

  static Content text(String text) {
    return part -> part.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same bytes, over and over. */
  static Content much(String before, String unit, long times, String after) {
    return part -> {
      part.write(before.getBytes(StandardCharsets.UTF_8));
      byte[] block = unit.repeat(1_000).getBytes(StandardCharsets.UTF_8);
      for (long i = 0; i < times / 1_000; i++) {
        part.write(block);
      }
      part.write(after.getBytes(StandardCharsets.UTF_8));
    };
  }

  static void archive(Path file, Map<String, Content> parts) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, Content> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        part.getValue().to(zip);
        zip.closeEntry();
      }
    }
  }

  static Map<String, Content> word(Content document) {
    Map<String, Content> parts = new LinkedHashMap<>();
    parts.put("[Content_Types].xml", text("<Types/>"));
    parts.put("_rels/.rels", text("<Relationships/>"));
    parts.put("word/document.xml", document);
    return parts;
  }

  static Content paragraphs(String... paragraphs) {
    StringBuilder body = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    body.append("<w:document ").append(W).append("><w:body>");
    for (String paragraph : paragraphs) {
      body.append("<w:p><w:r><w:t xml:space=\"preserve\">")
          .append(paragraph)
          .append("</w:t></w:r></w:p>");
    }
    return text(body.append("</w:body></w:document>").toString());
  }

  public static byte[] word(String... paragraphs) {
    return bytes(word(paragraphs(paragraphs)));
  }

  private static byte[] bytes(Map<String, Content> parts) {
    try {
      Path file = Files.createTempFile(Path.of("target"), "document", null);
      archive(file, parts);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A sheet of one cell. */
  public static byte[] sheet(String cell) {
    return archive(
        "xl/worksheets/sheet1.xml",
        "<w><row><c t=\"inlineStr\"><is><t>" + cell + "</t></is></c></row></w>");
  }

  /** A slide of one line. */
  public static byte[] slide(String line) {
    return archive("ppt/slides/slide1.xml", "<p><t>" + line + "</t></p>");
  }

  /** Of OASIS' kind, which says what it is in a first part that isn't packed. */
  public static byte[] openText(String paragraph) {
    byte[] type = OPEN_TEXT.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(type);
    ZipEntry first = new ZipEntry("mimetype");
    first.setMethod(ZipEntry.STORED);
    first.setSize(type.length);
    first.setCrc(checksum.getValue());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(first);
      zip.write(type);
      zip.putNextEntry(new ZipEntry("content.xml"));
      text("<o><p>" + paragraph + "</p></o>").to(zip);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  /** An office document of one part, whatever that holds. */
  public static byte[] archive(String part, String content) {
    Map<String, Content> parts = new LinkedHashMap<>();
    parts.put("_rels/.rels", text("<Relationships/>"));
    parts.put(part, text(content));
    return bytes(parts);
  }

  /** A page for each text. */
  public static byte[] pdf(String... pages) {
    try (PDDocument document = new PDDocument()) {
      for (String page : pages) {
        write(document, page);
      }
      return bytes(document);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void write(PDDocument document, String text) throws IOException {
    PDPage page = new PDPage();
    document.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(FontName.HELVETICA), 12);
      content.newLineAtOffset(50, 700);
      content.showText(text);
      content.endText();
    }
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }

  static byte[] lockedPdf(String text) throws IOException {
    try (PDDocument document = new PDDocument()) {
      write(document, text);
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      return bytes(document);
    }
  }

  /** A page whose instructions are so many bytes of nothing, packed small. */
  static byte[] pdfBomb(long unpacked) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      PDStream stream = new PDStream(document);
      try (OutputStream content = stream.createOutputStream(COSName.FLATE_DECODE)) {
        byte[] nothing = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (long i = 0; i < unpacked >> 20; i++) {
          content.write(nothing);
        }
      }
      page.setContents(stream);
      return bytes(document);
    }
  }
}
