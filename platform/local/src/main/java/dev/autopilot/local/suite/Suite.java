package dev.autopilot.local.suite;

import dev.autopilot.embedded.EmbeddedPostgres;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.config.DatabaseAddress;
import dev.autopilot.local.config.KafkaServers;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import dev.autopilot.local.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole suite in one run: started in order, supervised, stopped in the opposite order. */
public final class Suite implements ManagedProcess.Listener {
  private static final String POSTGRES = "postgres";
  private static final String KAFKA = "kafka";
  private static final String DATABASE = "autopilot";
  private static final ServiceLauncher.Pace USUAL =
      new ServiceLauncher.Pace(
          Duration.ofMinutes(3), Duration.ofMillis(100), Duration.ofSeconds(15));
  // What is called off needs no orderly end: it holds nothing that isn't in the database.
  private static final ServiceLauncher.Pace TRAINING =
      new ServiceLauncher.Pace(
          Duration.ofMinutes(15), Duration.ofMillis(500), Duration.ofSeconds(1));
  private static final ServiceLauncher.Pace TIMED =
      new ServiceLauncher.Pace(Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofSeconds(15));

  private final Layout layout;
  private final Settings settings;
  private final Addresses addresses;
  private final Form form;
  private final Report report;
  private final RunStateFile stateFile;
  private final AotTraining training;
  private final Instant began = Instant.now();
  private final Map<String, ManagedProcess> processes = new ConcurrentHashMap<>();
  private final Map<Deployable, Map<String, String>> environments = new EnumMap<>(Deployable.class);
  private volatile RunState.Phase phase = RunState.Phase.STARTING;
  private final AtomicReference<@Nullable RuntimeException> firstFailure = new AtomicReference<>();
  private final Object writing = new Object();
  private volatile String superuserPassword = "";
  private volatile boolean stopping;
  private boolean gone;

  /** Nothing runs yet; the gateway will listen on {@code gatewayPort}. */
  public Suite(Layout layout, Settings settings, int gatewayPort, Form form, Report report) {
    if (!Ports.isFree(gatewayPort)) {
      throw new Refusal(
          "Port %d is taken by another program; choose one with --port, such as --port %d."
              .formatted(gatewayPort, Ports.free()));
    }
    this.layout = layout;
    this.settings = settings;
    this.addresses = new Addresses(settings, gatewayPort);
    this.form = form;
    this.report = report;
    this.stateFile = new RunStateFile(layout);
    this.training = new AotTraining(layout);
  }

  /** The gateway's address. */
  public String url() {
    return addresses.publicUrl();
  }

  /** Starts everything and returns when all of it is ready. */
  public void start() {
    try {
      Files.createDirectories(layout.logs());
      Files.createDirectories(layout.data());
    } catch (IOException e) {
      throw new Refusal("%s can't be made: %s".formatted(layout.home(), e.getMessage()), e);
    }
    settings.kafka().ifPresent(KafkaServers::requireAnswer);
    Leftovers.of(stateFile).end(report);
    writeState();
    // Who is ready needs PostgreSQL; Kafka may come as late as it likes.
    allAtOnce(List.of(this::startKafka, this::startPostgresAndServices));
    failIfAnyFailed();
    report.say("");
    report.say(
        "  %s   ready in %s"
            .formatted(url(), Report.seconds(Duration.between(began, Instant.now()))));
    report.say("  logs in %s".formatted(layout.logs()));
    // Whoever waits for it in another process shows what was told until then, and goes.
    phase = RunState.Phase.READY;
    writeState();
  }

  /**
   * Makes the start-up caches that are missing, in the background and until {@link #stop}. Not for
   * a run that measures something.
   */
  public void prepareNextStart() {
    if (form == Form.JARS) {
      training.begin(
          withoutCache(),
          () -> report.event("start-up caches are made; the next ./autopilot up is quicker"));
    }
  }

  /** How long one more of it takes from the start of its process to its first ready answer. */
  public Duration timeToReady(Deployable deployable) {
    Launcher replica = replica(deployable, form.of(deployable, layout), deployable.id(), TIMED);
    long began = System.nanoTime();
    Launcher.Running running = replica.launch(this::isStopping);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    running.stop().run();
    return took;
  }

  /** Stops everything in order: the gateway, the services, Kafka, PostgreSQL. Idempotent. */
  public synchronized void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    phase = RunState.Phase.STOPPING;
    writeState();
    report.say("");
    training.callOff();
    stop(List.of(Deployable.GATEWAY.id()));
    stop(Deployable.services().stream().map(Deployable::id).toList());
    stop(List.of(KAFKA));
    stop(List.of(POSTGRES));
    synchronized (writing) {
      gone = true;
      stateFile.delete();
    }
  }

  /** Whether it is being stopped, or has been. */
  public boolean isStopping() {
    return stopping;
  }

  private void startPostgresAndServices() {
    startPostgres();
    if (firstFailure.get() != null) {
      return;
    }
    attempt(() -> {
      Provisioning provisioning = provision();
      for (Deployable deployable : Deployable.values()) {
        environments.put(deployable, environmentOf(deployable, provisioning));
      }
    });
    allAtOnce(
        Stream.of(Deployable.values())
            .map(deployable -> (Runnable) () -> startService(deployable))
            .toList());
  }

  private void startPostgres() {
    if (settings.database().isEmpty()) {
      int port = addresses.postgres();
      start(
          POSTGRES,
          "127.0.0.1:" + port,
          cancelled -> {
            var server =
                EmbeddedPostgres.in(layout.data().resolve(POSTGRES))
                    .port(port)
                    .log(layout.log(POSTGRES))
                    .start();
            superuserPassword = server.password();
            return new Launcher.Running(server.child(), server::close);
          });
    }
  }

  private void startKafka() {
    if (settings.kafka().isEmpty()) {
      start(
          KAFKA,
          "127.0.0.1:" + addresses.kafka(),
          new KafkaLauncher(layout, layout.data().resolve(KAFKA), addresses.kafka()));
    }
  }

  private Provisioning provision() {
    Instant start = Instant.now();
    DatabaseAddress administrator = settings.database().orElseGet(this::embeddedDatabase);
    var provisioning =
        new Provisioning(administrator, settings.database().isEmpty(), settings.masterKey());
    provisioning.provide();
    report.step(
        "database", "ready", Duration.between(start, Instant.now()), administrator.toString());
    return provisioning;
  }

  private DatabaseAddress embeddedDatabase() {
    return new DatabaseAddress(
        POSTGRES, superuserPassword, "127.0.0.1", addresses.postgres(), DATABASE, "");
  }

  private void startService(Deployable deployable) {
    start(
        deployable.id(),
        "http://127.0.0.1:" + addresses.of(deployable).port(),
        new ServiceLauncher(
            deployable,
            form.of(deployable, layout),
            environments.getOrDefault(deployable, Map.of()),
            layout,
            layout.log(deployable.id()),
            USUAL));
  }

  private Launcher replica(
      Deployable deployable, Program program, String log, ServiceLauncher.Pace pace) {
    return new ServiceLauncher(
        deployable,
        program,
        Addresses.ofReplica(environments.getOrDefault(deployable, Map.of())),
        layout,
        layout.log(log),
        pace);
  }

  private List<AotTraining.Trainee> withoutCache() {
    var all = new ArrayList<AotTraining.Trainee>();
    if (settings.kafka().isEmpty()) {
      all.add(
          new AotTraining.Trainee(
              AotCache.ofKafka(layout),
              new KafkaLauncher.Recording(layout, AotTraining.WITH_WHAT_IS_LEFT)));
    }
    for (Deployable deployable : Deployable.values()) {
      var recording = new Program.Recording(deployable, layout, AotTraining.WITH_WHAT_IS_LEFT);
      all.add(
          new AotTraining.Trainee(
              AotCache.of(deployable, layout),
              replica(deployable, recording, "training", TRAINING)));
    }
    all.removeIf(trainee -> trainee.cache().isThere());
    return all;
  }

  private Map<String, String> environmentOf(Deployable deployable, Provisioning provisioning) {
    String database =
        deployable == Deployable.GATEWAY ? "" : provisioning.addressOf(deployable).url();
    return addresses.environmentOf(deployable, database, kafkaServers());
  }

  private void start(String name, String where, Launcher launcher) {
    Instant start = Instant.now();
    var process = new ManagedProcess(name, launcher, Backoff.usual(), this);
    processes.put(name, process);
    if (stopping || firstFailure.get() != null) {
      return;
    }
    if (attempt(process::start)) {
      writeState();
      report.step(name, "ready", Duration.between(start, Instant.now()), where);
    }
  }

  /** Whether it succeeded. If not, the whole start has failed. */
  private boolean attempt(Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException e) {
      // The others needn't become ready any more, and what they say when they are called off is no
      // news.
      firstFailure.compareAndSet(null, e);
      processes.values().forEach(ManagedProcess::callOff);
      return false;
    }
  }

  private void stop(List<String> names) {
    var stops = new ArrayList<Runnable>();
    for (String name : names) {
      Optional.ofNullable(processes.get(name)).ifPresent(process -> stops.add(() -> stop(process)));
    }
    allAtOnce(stops);
  }

  private void stop(ManagedProcess process) {
    Instant start = Instant.now();
    process.stop();
    report.step(process.name(), "stopped", Duration.between(start, Instant.now()), "");
    writeState();
  }

  private String kafkaServers() {
    return settings
        .kafka()
        .map(KafkaServers::list)
        .orElseGet(() -> "127.0.0.1:" + addresses.kafka());
  }

  @Override
  public void died(ManagedProcess process, int exitCode, Duration wait) {
    writeState();
    report.event(
        "%s ended with exit code %d; it is started again in %s (log: %s)"
            .formatted(process.name(), exitCode, Report.seconds(wait), layout.log(process.name())));
  }

  @Override
  public void recovered(ManagedProcess process, Duration took) {
    writeState();
    report.event("%s is ready again after %s".formatted(process.name(), Report.seconds(took)));
  }

  @Override
  public void stillDown(ManagedProcess process, String why, Duration wait) {
    writeState();
    report.event(
        "%s did not start; next attempt in %s: %s"
            .formatted(process.name(), Report.seconds(wait), why));
  }

  private void failIfAnyFailed() {
    @Nullable RuntimeException failure = firstFailure.get();
    if (failure != null) {
      throw failure;
    }
    if (stopping) {
      throw new Refusal("Stopped while starting.");
    }
  }

  private void writeState() {
    var members = new ArrayList<RunState.Member>();
    Optional.ofNullable(processes.get(POSTGRES))
        .ifPresent(process -> members.add(member(process, addresses.postgres(), 0)));
    Optional.ofNullable(processes.get(KAFKA))
        .ifPresent(process -> members.add(member(process, addresses.kafka(), 0)));
    for (Deployable deployable : Deployable.values()) {
      Addresses.Pair ports = addresses.of(deployable);
      Optional.ofNullable(processes.get(deployable.id()))
          .ifPresent(process -> members.add(member(process, ports.port(), ports.management())));
    }
    var state =
        new RunState(ProcessIdentity.current(), began, phase, url(), kafkaServers(), members);
    synchronized (writing) {
      if (!gone) {
        write(state);
      }
    }
  }

  /** Nobody would find a suite that began unseen; one that runs goes on, whatever the disk says. */
  private void write(RunState state) {
    try {
      stateFile.write(state);
    } catch (IOException e) {
      String why = "%s can't be written: %s".formatted(stateFile.path(), e.getMessage());
      if (phase == RunState.Phase.STARTING && !stopping) {
        throw new Refusal(why, e);
      }
      report.event(why);
    }
  }

  private static RunState.Member member(ManagedProcess process, int port, int managementPort) {
    return new RunState.Member(
        process.name(),
        process.identity(),
        port,
        managementPort,
        process.state().name(),
        process.restarts());
  }

  /** Runs all and waits for all. */
  private static void allAtOnce(List<Runnable> tasks) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = tasks.stream().map(task -> CompletableFuture.runAsync(task, executor)).toList();
      CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
