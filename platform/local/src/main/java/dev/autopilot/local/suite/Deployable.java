package dev.autopilot.local.suite;

import dev.autopilot.local.config.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The seven processes that make up the suite. */
public enum Deployable {
  // Hashing a password with Argon2id takes 19 MiB each time.
  AUTH("auth", "auth-service", 160),
  CHAT("chat", "chat-service", 96),
  PROJECTS("projects", "projects-service", 96),
  WORKFLOW("workflow", "workflow-service", 96),
  INTEGRATION("integration", "integration-service", 96),
  DASHBOARD("dashboard", "dashboard-service", 96),
  GATEWAY("gateway", "gateway", 96);

  private final String id;
  private final String folder;
  private final int heapMegabytes;

  Deployable(String id, String folder, int heapMegabytes) {
    this.id = id;
    this.folder = folder;
    this.heapMegabytes = heapMegabytes;
  }

  /** The six with a schema of their own: all but the gateway. */
  public static List<Deployable> services() {
    return List.of(AUTH, CHAT, PROJECTS, WORKFLOW, INTEGRATION, DASHBOARD);
  }

  /** The service's name, which is also its schema's. */
  public String id() {
    return id;
  }

  String role() {
    return "autopilot_" + id;
  }

  Path jar(Layout layout) {
    return layout.root().resolve(folder).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /** The native binary, where there is one. */
  public Path binary(Layout layout) {
    return layout.root().resolve(folder).resolve("target").resolve(folder + "-runner");
  }

  /** Its collector keeps to these as the JVM does. */
  List<String> binaryOptions() {
    return List.of("-Xmx" + heapMegabytes + "m", "-Xmn10m");
  }

  /** Small to keep and quick to start. An AOT cache holds for exactly these. */
  List<String> jvmOptions() {
    return List.of(
        "-Xmx" + heapMegabytes + "m",
        // By default a third of the heap: all of it is touched before the first collection.
        "-Xmn6m",
        // From small on, and what a full collection frees goes back to the system at once.
        "-Xms24m",
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=30",
        "-XX:-ShrinkHeapInSteps",
        // So does what a start allocates beside the heap, soon after it.
        "-XX:TrimNativeHeapInterval=10000",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:TieredStopAtLevel=1",
        "-Xss512k",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }

  /** {@code more} are options for this one start. */
  List<String> commandLine(Layout layout, List<String> more) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmOptions());
    line.addAll(more);
    line.addAll(List.of("-jar", jar(layout).toString()));
    return List.copyOf(line);
  }
}
