package dev.autopilot.projects.file.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** Sheets, a line a row and a tab between cells. Texts that cells share stand in a part apart. */
final class SheetText {
  private SheetText() {}

  static void read(Path file, TextSink sink, Budget budget) throws IOException {
    try (Archive archive = new Archive(file, budget)) {
      SharedTexts shared = new SharedTexts(budget.piece() / 4);
      archive.read("xl/sharedStrings.xml", shared);
      for (String sheet : archive.parts(name -> name.matches("xl/worksheets/sheet[0-9]+\\.xml"))) {
        archive.read(sheet, new Cells(shared.texts, sink));
        sink.write("\n");
      }
    }
  }

  private static final class SharedTexts implements Archive.Use {
    private final List<String> texts = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private long room;
    private boolean inText;

    SharedTexts(long room) {
      this.room = room;
    }

    @Override
    public void of(XMLStreamReader xml) {
      switch (xml.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> inText = xml.getLocalName().equals("t");
        case XMLStreamConstants.END_ELEMENT -> {
          inText = false;
          if (xml.getLocalName().equals("si")) {
            texts.add(current.toString());
            current.setLength(0);
            spend(32); // What an entry takes beside its characters.
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (inText) {
            current.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            spend(xml.getTextLength());
          }
        }
        default -> {}
      }
    }

    private void spend(long bytes) {
      room -= bytes;
      if (room < 0) {
        throw new Budget.Spent("Too many texts are shared");
      }
    }
  }

  private static final class Cells implements Archive.Use {
    private static final int LONGEST_NUMBER = 64;

    private final List<String> shared;
    private final TextSink sink;
    private final StringBuilder value = new StringBuilder();
    private boolean isShared;
    private boolean inValue;
    private boolean inText;

    Cells(List<String> shared, TextSink sink) {
      this.shared = shared;
      this.sink = sink;
    }

    @Override
    public void of(XMLStreamReader xml) {
      switch (xml.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "c" -> isShared = "s".equals(xml.getAttributeValue(null, "t"));
            case "v" -> inValue = true;
            case "t" -> inText = true;
            default -> {}
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "v" -> value();
            case "t" -> inText = false;
            case "c" -> sink.write("\t");
            case "row" -> sink.write("\n");
            default -> {}
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (inText || (inValue && !isShared)) {
            sink.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          } else if (inValue && value.length() < LONGEST_NUMBER) {
            value.append(xml.getText());
          }
        }
        default -> {}
      }
    }

    private void value() {
      if (isShared && value.toString().matches("[0-9]{1,9}")) {
        int index = Integer.parseInt(value.toString());
        if (index < shared.size()) {
          sink.write(shared.get(index));
        }
      }
      value.setLength(0);
      inValue = false;
    }
  }
}
