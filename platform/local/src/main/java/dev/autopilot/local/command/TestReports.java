package dev.autopilot.local.command;

import dev.autopilot.local.config.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What Surefire and Failsafe wrote about the tests of one run, over all modules. */
final class TestReports {
  private static final int DEEPEST = 5;
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
  }

  private final List<String> failures = new ArrayList<>();
  private int tests;
  private int skipped;

  private TestReports() {}

  /** Of reports from earlier runs nothing is counted. */
  static TestReports since(Instant began, Path root) {
    var reports = new TestReports();
    try (Stream<Path> files = Files.find(root, DEEPEST, (file, _) -> isReport(file))) {
      for (Path file : files.sorted().toList()) {
        if (!Files.getLastModifiedTime(file).toInstant().isBefore(began)) {
          reports.add(file);
        }
      }
    } catch (IOException | XMLStreamException e) {
      throw new Refusal("The test reports can't be read: " + e.getMessage(), e);
    }
    return reports;
  }

  int passed() {
    return tests - failed() - skipped;
  }

  int failed() {
    return failures.size();
  }

  /** Each failed test with the first line of why. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  String summary() {
    return "%d passed, %d failed, %d skipped".formatted(passed(), failed(), skipped);
  }

  private static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    Path folder = file.getParent();
    return folder != null
        && folder.toString().endsWith("-reports")
        && name.startsWith("TEST-")
        && name.endsWith(".xml");
  }

  private void add(Path file) throws IOException, XMLStreamException {
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = XML.createXMLStreamReader(in);
      String test = "";
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamReader.START_ELEMENT) {
          continue;
        }
        switch (xml.getLocalName()) {
          case "testcase" -> {
            tests++;
            test = attribute(xml, "classname") + "." + attribute(xml, "name");
          }
          case "skipped" -> skipped++;
          case "failure", "error" ->
              failures.add(test + ": " + firstLine(attribute(xml, "message")));
          default -> {
            // Output, properties, reruns: nothing to count.
          }
        }
      }
      xml.close();
    }
  }

  private static String firstLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
