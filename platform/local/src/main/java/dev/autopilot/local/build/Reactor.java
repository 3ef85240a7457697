package dev.autopilot.local.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The modules of the root POM, what each is built from, and which are out of date. */
final class Reactor {
  private static final String GROUP = "dev.autopilot";
  private static final String STAMP = "target/.up-to-date";
  private static final String BINARY_STAMP = "target/.binary-up-to-date";

  private final Path root;
  private final List<Module> modules;

  /**
   * A module.
   *
   * @param path its folder, relative to the root
   * @param upstream the artifacts of this project whose change changes it
   */
  record Module(String artifactId, Path path, Set<String> upstream) {}

  private Reactor(Path root, List<Module> modules) {
    this.root = root;
    this.modules = modules;
  }

  static Reactor read(Path root) throws IOException {
    var modules = new ArrayList<Module>();
    Element project = pom(root.resolve("pom.xml"));
    for (Element module : elements(project.getElementsByTagName("module"))) {
      Path path = Path.of(module.getTextContent().strip());
      modules.add(module(path, pom(root.resolve(path).resolve("pom.xml"))));
    }
    return new Reactor(root, List.copyOf(modules));
  }

  /** The modules that must be built again for this scope, in the order of the root POM. */
  List<Module> stale(Scope scope) throws IOException {
    var changed = new LinkedHashSet<String>();
    for (Module module : modules) {
      // The root POM lists what is upstream first.
      boolean upstreamChanged = module.upstream().stream().anyMatch(changed::contains);
      if (upstreamChanged || isOlderThanItsSources(module)) {
        changed.add(module.artifactId());
      }
    }
    var needed = new LinkedHashSet<String>();
    for (Module module : modules.reversed()) {
      if (scope.includes(module) || needed.contains(module.artifactId())) {
        needed.add(module.artifactId());
        needed.addAll(module.upstream());
      }
    }
    return modules.stream()
        .filter(module -> needed.contains(module.artifactId()))
        .filter(module -> changed.contains(module.artifactId()))
        .toList();
  }

  /** The deployables whose native binary is older than what it is made from, or isn't there. */
  List<Module> staleBinaries() throws IOException {
    var stale = new ArrayList<Module>();
    for (Module module : modules) {
      Path stamp = root.resolve(module.path()).resolve(BINARY_STAMP);
      if (Scope.isDeployable(module)
          && (!Files.exists(stamp) || hasNewer(module, Files.getLastModifiedTime(stamp)))) {
        stale.add(module);
      }
    }
    return stale;
  }

  /** Notes that a build which began then made these modules from their sources. */
  void markBuilt(List<Module> built, FileTime began) throws IOException {
    for (Module module : built) {
      mark(module, STAMP, began);
    }
  }

  void markBinaryBuilt(Module built, FileTime began) throws IOException {
    mark(built, BINARY_STAMP, began);
  }

  private void mark(Module module, String name, FileTime began) throws IOException {
    Path stamp = root.resolve(module.path()).resolve(name);
    Files.createDirectories(root.resolve(module.path()).resolve("target"));
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, began);
  }

  private boolean isOlderThanItsSources(Module module) throws IOException {
    Path folder = root.resolve(module.path());
    Path stamp = folder.resolve(STAMP);
    if (!Files.exists(stamp)) {
      return true;
    }
    FileTime built = Files.getLastModifiedTime(stamp);
    for (String upstream : module.upstream()) {
      if (isNewer(upstreamStamp(upstream), built)) {
        return true;
      }
    }
    return sourcesAreNewer(module, built);
  }

  /** Whether its own sources are newer, or those of anything upstream. */
  private boolean hasNewer(Module module, FileTime than) throws IOException {
    for (Module other : modules) {
      if (module.upstream().contains(other.artifactId()) && hasNewer(other, than)) {
        return true;
      }
    }
    return sourcesAreNewer(module, than);
  }

  private boolean sourcesAreNewer(Module module, FileTime than) throws IOException {
    Path folder = root.resolve(module.path());
    return isNewer(root.resolve("pom.xml"), than)
        || isNewer(folder.resolve("pom.xml"), than)
        || isNewer(folder.resolve("src/main"), than);
  }

  private Path upstreamStamp(String artifactId) {
    return modules.stream()
        .filter(module -> module.artifactId().equals(artifactId))
        .map(module -> root.resolve(module.path()).resolve(STAMP))
        .findFirst()
        .orElse(root.resolve("pom.xml"));
  }

  /**
   * Whether anything in the tree is newer. Folders count too: deleting a file touches its folder.
   */
  private static boolean isNewer(Path tree, FileTime than) throws IOException {
    if (!Files.exists(tree)) {
      return false;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        if (Files.getLastModifiedTime(path).compareTo(than) > 0) {
          return true;
        }
      }
      return false;
    }
  }

  private static Module module(Path path, Element project) {
    var upstream = new LinkedHashSet<String>();
    for (Element dependency : elements(project.getElementsByTagName("dependency"))) {
      boolean ours = text(dependency, "groupId").equals(GROUP);
      if (ours && !text(dependency, "scope").equals("test")) {
        upstream.add(text(dependency, "artifactId"));
      }
    }
    return new Module(text(project, "artifactId"), path, upstream);
  }

  /** The text of a direct child, empty without one. */
  private static String text(Element parent, String name) {
    return elements(parent.getChildNodes()).stream()
        .filter(child -> child.getTagName().equals(name))
        .map(child -> child.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  private static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast)
        .toList();
  }

  private static Element pom(Path file) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " is not a POM: " + e.getMessage(), e);
    }
  }
}
