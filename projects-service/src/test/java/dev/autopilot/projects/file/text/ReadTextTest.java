package dev.autopilot.projects.file.text;

import static dev.autopilot.projects.file.text.Documents.archive;
import static dev.autopilot.projects.file.text.Documents.much;
import static dev.autopilot.projects.file.text.Documents.text;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.projects.file.text.Documents.Content;
import dev.autopilot.projects.file.text.Reading.Outcome;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadTextTest {
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final ReadText READ = new ReadText(TIME, 256L << 20, 10_000);

  @TempDir Path folder;

  private Reading read(String type, byte[] content) throws Exception {
    Path file = folder.resolve("file");
    Files.write(file, content);
    return READ.read(type, file);
  }

  private Reading readArchive(String type, Map<String, Content> parts) throws Exception {
    Path file = folder.resolve("archive");
    archive(file, parts);
    return READ.read(type, file);
  }

  private static void assertWhole(Reading reading, String text) {
    assertThat(reading).isEqualTo(new Reading(Outcome.WHOLE, text));
  }

  @Test
  void textIsReadInUtf8AndInWhatItsFirstBytesSayAndElseInLatin() throws Exception {
    assertWhole(read("text/plain", "Grün 🐦\r\n\r\n\r\n\r\nend".getBytes(UTF_8)), "Grün 🐦\n\nend");
    assertWhole(read("text/plain", "\ufeffGrün".getBytes(UTF_8)), "Grün");
    assertWhole(read("text/csv", "\ufeffGrün".getBytes(UTF_16LE)), "Grün");
    assertWhole(read("text/plain", "Grün".getBytes(Charset.forName("windows-1252"))), "Grün");
    assertWhole(read("application/json", "{\"a\": 1}".getBytes(UTF_8)), "{\"a\": 1}");
  }

  @Test
  void textHoldsNothingThatADatabaseCouldNotKeep() throws Exception {
    assertWhole(read("text/plain", "a\0b\u0007c\td".getBytes(UTF_8)), "abc\td");
  }

  @Test
  void ofALongTextTheBeginningIsKeptAndNoHalfCharacter() throws Exception {
    Reading reading = read("text/plain", ("a" + "🐦".repeat(10_000)).getBytes(UTF_8));
    assertThat(reading.outcome()).isEqualTo(Outcome.CUT);
    assertThat(reading.text()).hasSize(9_999).endsWith("🐦");
  }

  @Test
  void ofAPageItsReadersTextIsRead() throws Exception {
    assertWhole(
        read(
            "text/html",
            """
            <html><head><title>Garden</title><style>p { color: red }</style></head>
            <body><h1>Roses</h1><p>are <b>red</b>.<br>Really.</p><script>alert('no')</script>
            <table><tr><td>a</td><td>b</td></tr></table></body></html>
            """
                .getBytes(UTF_8)),
        "Garden\n\nRoses\n\nare red.\nReally.\n\na\tb");
  }

  @Test
  void aPdfIsReadPageByPage() throws Exception {
    assertWhole(
        read("application/pdf", Documents.pdf("Hello, garden.", "Second page.")),
        "Hello, garden.\nSecond page.");
  }

  @Test
  void documentsSheetsAndSlidesAreRead() throws Exception {
    assertWhole(
        read(Documents.WORD, Documents.word("First &amp; foremost.", "Second.")),
        "First & foremost.\nSecond.");

    Map<String, Content> sheet = new LinkedHashMap<>();
    sheet.put(
        "xl/sharedStrings.xml",
        text("<sst><si><t>name</t></si><si><r><t>Ro</t></r><r><t>se</t></r></si></sst>"));
    sheet.put(
        "xl/worksheets/sheet1.xml",
        text(
            """
            <worksheet><sheetData><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>height</t></is></c>
            </row><row><c t="s"><v>1</v></c><c><v>1.5</v></c><c t="s"><v>99</v></c></row></sheetData>
            </worksheet>
            """));
    assertWhole(readArchive(Documents.SHEET, sheet), "name\theight\t\nRose\t1.5");

    Map<String, Content> slides = new LinkedHashMap<>();
    String slide = "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>%s</a:t></a:r></a:p></p:sld>";
    slides.put("ppt/slides/slide10.xml", text(slide.formatted("ten")));
    slides.put("ppt/slides/slide2.xml", text(slide.formatted("two")));
    assertWhole(readArchive(Documents.SLIDES, slides), "two\n\nten");

    assertWhole(
        readArchive(
            Documents.OPEN_TEXT,
            Map.of(
                "content.xml",
                text(
                    """
                    <o:document-content xmlns:o="o" xmlns:t="t"><o:body><o:text>
                    <t:h>Roses</t:h><t:p>are<t:s/>red<t:tab/>really</t:p>
                    </o:text></o:body></o:document-content>
                    """))),
        "Roses\nare red\treally");
  }

  @Test
  void aLongDocumentIsReadToItsEnd() throws Exception {
    String[] paragraphs = new String[20_000];
    java.util.Arrays.fill(paragraphs, "A paragraph of some thirty letters.");
    Path file = folder.resolve("long");
    Files.write(file, Documents.word(paragraphs));

    Reading reading = new ReadText(TIME, 256L << 20, 1_000_000).read(Documents.WORD, file);

    assertWhole(reading, String.join("\n", paragraphs));
  }

  @Test
  void whatIsNoTextHasNone() throws Exception {
    assertThat(read("image/png", new byte[100]).outcome()).isEqualTo(Outcome.NONE);
    assertThat(read("application/pdf", Documents.pdf()).outcome()).isEqualTo(Outcome.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/pdf",
        Documents.WORD,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text"
      })
  void whatIsBrokenFails(String type) throws Exception {
    assertThat(read(type, "%PDF-1.7 nothing of the kind".getBytes(UTF_8)).outcome())
        .isIn(Outcome.FAILED, Outcome.NONE);
    assertThat(read(type, new byte[0]).outcome()).isIn(Outcome.FAILED, Outcome.NONE);
  }

  @Test
  void aLockedPdfStaysLocked() throws Exception {
    assertThat(read("application/pdf", Documents.lockedPdf("secret")))
        .isEqualTo(new Reading(Outcome.FAILED, ""));
  }

  @Test
  void anArchiveThatUnpacksToHundredsOfMegabytesIsNotUnpacked() throws Exception {
    Reading text =
        readArchive(
            Documents.WORD, Documents.word(much("<d><t>", "aaaaaaaa", 20_000_000, "</t></d>")));
    assertThat(text.outcome()).isEqualTo(Outcome.CUT);
    assertThat(text.text()).hasSize(10_000);

    Reading nothing =
        readArchive(Documents.WORD, Documents.word(much("<d ", "        ", 20_000_000, "/>")));
    assertThat(nothing.outcome()).isEqualTo(Outcome.FAILED);

    Map<String, Content> shared = new LinkedHashMap<>();
    shared.put("xl/sharedStrings.xml", much("<sst>", "<si/>", 20_000_000, "</sst>"));
    assertThat(readArchive(Documents.SHEET, shared).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aPdfThatUnpacksToHundredsOfMegabytesIsNotUnpacked() throws Exception {
    assertThat(read("application/pdf", Documents.pdfBomb(256L << 20)).outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void entitiesOfAFilesOwnAreNotExpandedAndOthersFilesNotRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    StringBuilder laughs = new StringBuilder("<!DOCTYPE d [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a%1$d \"&a%2$d;&a%2$d;&a%2$d;&a%2$d;\">".formatted(i, i - 1));
    }
    assertThat(
            readArchive(Documents.WORD, Documents.word(text(laughs + "]><d><t>&a29;</t></d>")))
                .outcome())
        .isEqualTo(Outcome.FAILED);
    Reading external =
        readArchive(
            Documents.WORD,
            Documents.word(
                text(
                    "<!DOCTYPE d [<!ENTITY x SYSTEM \"%s\">]><d><t>a &x;</t></d>"
                        .formatted(secret.toUri()))));
    assertThat(external).isEqualTo(new Reading(Outcome.FAILED, ""));
  }

  @Test
  void deepNestingCostsNothingBeyondItsBounds() throws Exception {
    Reading page = read("text/html", ("<div>".repeat(100_000) + "deep").getBytes(UTF_8));
    assertThat(page.outcome()).isIn(Outcome.WHOLE, Outcome.CUT, Outcome.FAILED);

    Reading document =
        readArchive(
            Documents.WORD,
            Documents.word(text("<d>".repeat(500_000) + "<t>deep</t>" + "</d>".repeat(500_000))));
    assertThat(document.outcome()).isIn(Outcome.WHOLE, Outcome.FAILED);

    String pdf =
        "%PDF-1.4\n1 0 obj\n" + "[".repeat(2_000_000) + "\nendobj\ntrailer <</Root 1 0 R>>";
    assertThat(read("application/pdf", pdf.getBytes(UTF_8)).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void whatTakesTooLongIsCutOff() throws Exception {
    Path file = folder.resolve("long");
    archive(file, Documents.word(much("<d>", "<t>a</t><p/>", 3_000_000, "</d>")));
    ReadText hurried = new ReadText(Duration.ofMillis(1), 256L << 20, 100_000_000);
    assertThat(hurried.read(Documents.WORD, file).outcome()).isIn(Outcome.CUT, Outcome.FAILED);
  }

  @Test
  void manyPartsAreLookedAtWithinBounds() throws IOException, InterruptedException {
    Map<String, Content> slides = new LinkedHashMap<>();
    for (int i = 0; i < 12_000; i++) {
      slides.put("ppt/slides/slide" + i + ".xml", text("<s><t>a</t></s>"));
    }
    Path file = folder.resolve("slides");
    archive(file, slides);
    assertThat(READ.read(Documents.SLIDES, file).outcome()).isIn(Outcome.WHOLE, Outcome.CUT);
  }
}
