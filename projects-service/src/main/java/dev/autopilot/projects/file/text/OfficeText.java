package dev.autopilot.projects.file.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** Documents and slides, of Microsoft's and of OASIS' kind. */
final class OfficeText {
  private OfficeText() {}

  /** The document itself first, then what stands around it. */
  static void readWord(Path file, TextSink sink, Budget budget) throws IOException {
    read(
        file,
        sink,
        budget,
        "word/document\\.xml",
        "word/(footnotes|endnotes|comments|header[0-9]*|footer[0-9]*)\\.xml");
  }

  static void readSlides(Path file, TextSink sink, Budget budget) throws IOException {
    read(
        file,
        sink,
        budget,
        "ppt/slides/slide[0-9]+\\.xml",
        "ppt/notesSlides/notesSlide[0-9]+\\.xml");
  }

  private static void read(Path file, TextSink sink, Budget budget, String... parts)
      throws IOException {
    try (Archive archive = new Archive(file, budget)) {
      for (String part : parts) {
        List<String> names = archive.parts(name -> name.matches(part));
        for (String name : names) {
          archive.read(name, new MicrosoftText(sink));
          sink.write("\n");
        }
      }
    }
  }

  static void readOpenDocument(Path file, TextSink sink, Budget budget) throws IOException {
    try (Archive archive = new Archive(file, budget)) {
      archive.read("content.xml", new OpenText(sink));
    }
  }

  /** Text stands in elements called t; a paragraph is a p, in documents and slides alike. */
  private static final class MicrosoftText implements Archive.Use {
    private final TextSink sink;
    private boolean inText;

    MicrosoftText(TextSink sink) {
      this.sink = sink;
    }

    @Override
    public void of(XMLStreamReader xml) {
      switch (xml.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "t" -> inText = true;
            case "tab" -> sink.write("\t");
            case "br", "cr" -> sink.write("\n");
            default -> {}
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "t" -> inText = false;
            case "tc" -> sink.write("\t");
            case "p", "tr" -> sink.write("\n");
            default -> {}
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (inText) {
            sink.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          }
        }
        default -> {}
      }
    }
  }

  /** All characters in paragraphs and headings are text. */
  private static final class OpenText implements Archive.Use {
    private final TextSink sink;
    private int depth;

    OpenText(TextSink sink) {
      this.sink = sink;
    }

    @Override
    public void of(XMLStreamReader xml) {
      switch (xml.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "p", "h" -> depth++;
            case "tab" -> sink.write("\t");
            case "s" -> sink.write(" ");
            case "line-break" -> sink.write("\n");
            default -> {}
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "p", "h" -> {
              depth--;
              sink.write("\n");
            }
            default -> {}
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (depth > 0) {
            sink.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          }
        }
        default -> {}
      }
    }
  }
}
