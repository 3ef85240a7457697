package dev.autopilot.projects.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.projects.file.text.Documents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ContentTypesTest {
  private static String typeOf(byte[] content) throws IOException {
    return ContentTypes.of(new ByteArrayInputStream(content));
  }

  @Test
  void officeDocumentsAreToldFromArchives() throws IOException {
    assertThat(typeOf(Documents.word("Hello"))).isEqualTo(Documents.WORD);
    assertThat(typeOf(Documents.openText("Hello"))).isEqualTo(Documents.OPEN_TEXT);
    assertThat(typeOf(archive("notes/word/document.xml"))).isEqualTo("application/zip");
    assertThat(typeOf(archive("word/document.xml"))).isEqualTo("application/zip");
    assertThat(typeOf(archive("_rels/.rels", "xl/workbook.xml"))).endsWith("spreadsheetml.sheet");
    assertThat(typeOf(archive("_rels/.rels", "ppt/presentation.xml")))
        .endsWith("presentationml.presentation");
  }

  private static byte[] archive(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void theRestIsWhatItsBytesSay() throws IOException {
    assertThat(typeOf(Documents.pdf("Hello"))).isEqualTo("application/pdf");
    assertThat(typeOf("Hello".getBytes(UTF_8))).isEqualTo("text/plain");
    assertThat(typeOf("<!DOCTYPE html><html><body>x".getBytes(UTF_8))).isEqualTo("text/html");
    assertThat(typeOf(new byte[0])).isEqualTo("application/octet-stream");
    assertThat(typeOf(new byte[] {'P', 'K', 3, 4, 0, 0})).isEqualTo("application/zip");
  }
}
