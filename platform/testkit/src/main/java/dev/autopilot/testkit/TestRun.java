package dev.autopilot.testkit;

import dev.autopilot.embedded.ProcessIdentity;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/**
 * One run of Maven over however many modules. They use the same servers one after the other: the
 * first that needs them has a {@link ServerKeeper} start them, the next find their addresses in the
 * run's folder. Nobody sees what others left: each module has a database of its own, and finds a
 * Kafka without topics, for the services' topics have the same names in every module's tests.
 *
 * @param folder of this run alone
 * @param owner with whose end the run is over
 */
record TestRun(Path folder, ProcessIdentity owner) {
  private static final String ADDRESSES = "servers.properties";

  /** The run that these tests are part of; none outside of Maven, in an IDE for example. */
  static Optional<TestRun> current() {
    return Optional.ofNullable(System.getProperty("testkit.run"))
        .flatMap(folder -> maven().map(owner -> new TestRun(Path.of(folder), owner)));
  }

  /** Surefire starts this JVM by way of a shell. */
  private static Optional<ProcessIdentity> maven() {
    return Stream.iterate(
            ProcessHandle.current().parent(),
            Optional::isPresent,
            child -> child.flatMap(ProcessHandle::parent))
        .flatMap(Optional::stream)
        .filter(process -> process.info().command().filter(it -> it.endsWith("java")).isPresent())
        .findFirst()
        .map(ProcessIdentity::of);
  }

  /** As {@link #take}, until this JVM ends. */
  Optional<Servers> takeForGood() {
    Optional<Lease> lease = take();
    lease.ifPresent(
        taken -> Runtime.getRuntime().addShutdownHook(new Thread(taken::close, "give-back")));
    return lease.map(Lease::servers);
  }

  /** The run's servers, swept; none while other tests are at them, as in a parallel build. */
  Optional<Lease> take() {
    try {
      Files.createDirectories(folder);
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        return Optional.empty();
      }
      if (!Files.exists(addresses())) {
        startServers();
      }
      Properties known = new Properties();
      try (Reader file = Files.newBufferedReader(addresses())) {
        known.load(file);
      }
      Servers servers = Servers.readFrom(known, "");
      removeTopics(servers.kafka());
      return Optional.of(
          new Lease(servers.withDatabase("tests_" + Long.toHexString(System.nanoTime())), lock));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Says where the servers are, all at once, when they can be reached. */
  void announce(Servers servers) throws IOException {
    Properties known = new Properties();
    servers.writeTo(known, "");
    Path fresh = folder.resolve(ADDRESSES + ".new");
    try (var file = Files.newBufferedWriter(fresh)) {
      known.store(file, null);
    }
    Files.move(fresh, addresses());
  }

  private void startServers() throws IOException {
    Path log = folder.resolve("keeper.log");
    Process keeper = ServerKeeper.start(this, log);
    try {
      while (!Files.exists(addresses())) {
        if (keeper.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException(
              "The servers of this test run did not start: " + Files.readString(log));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private Path addresses() {
    return folder.resolve(ADDRESSES);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException inUseByThisJvm) {
      return false;
    }
  }

  private static void removeTopics(String kafka) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      Set<String> topics = admin.listTopics().names().get();
      admin.deleteTopics(topics).all().get();
      // Told the controller, and not yet known to the broker that clients ask.
      Awaitility.await("topics to be gone")
          .pollInSameThread()
          .until(() -> admin.listTopics().names().get().isEmpty());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("Old topics can't be removed", failure.getCause());
    }
  }

  /** The servers, for whoever holds this and for nobody else. */
  record Lease(Servers servers, FileChannel lock) implements AutoCloseable {
    @Override
    public void close() {
      try {
        lock.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
