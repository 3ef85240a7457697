package dev.autopilot.projects.file.text;

import io.quarkus.runtime.annotations.RegisterResourceBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An office document: an archive of XML. Its parts are read as streams, and none may bring
 * declarations or entities of its own, which honest documents don't and bombs do.
 */
// The parser's complaints, which it finds by name.
@RegisterResourceBundle(bundleName = "com.sun.org.apache.xerces.internal.impl.msg.XMLMessages")
final class Archive implements AutoCloseable {
  private static final int MAX_PARTS = 10_000;

  private final ZipFile zip;
  private final Budget budget;

  Archive(Path file, Budget budget) throws IOException {
    this.zip = new ZipFile(file.toFile());
    this.budget = budget;
  }

  /** Uses a part's elements and texts as they come. */
  interface Use {
    void of(XMLStreamReader xml) throws XMLStreamException;
  }

  /** The names of the parts that are asked for: by number where they have one, else by name. */
  List<String> parts(Predicate<String> wanted) {
    return zip.stream()
        .limit(MAX_PARTS)
        .map(ZipEntry::getName)
        .filter(wanted)
        .sorted(
            java.util.Comparator.comparingInt(String::length)
                .thenComparing(java.util.Comparator.naturalOrder()))
        .toList();
  }

  /** Hands over every event of a part, if there is such a part. */
  void read(String name, Use use) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return;
    }
    try (InputStream part = budget.metered(zip.getInputStream(entry))) {
      XMLStreamReader xml = factory().createXMLStreamReader(part);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.DTD) {
          throw new IOException("A document has no declarations of its own");
        }
        use.of(xml);
      }
      xml.close();
    } catch (XMLStreamException broken) {
      throw new IOException(broken);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
