package dev.autopilot.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root. This is how root runs it all the same. */
sealed interface Unprivileged {
  /** The command, run without root's rights. */
  List<String> wrap(List<String> command);

  /** Lets the unprivileged user have the file or folder, without what is in it. */
  void grant(Path path) throws IOException;

  /** Whoever is not root needs nothing. */
  record Already() implements Unprivileged {
    @Override
    public List<String> wrap(List<String> command) {
      return command;
    }

    @Override
    public void grant(Path path) {}
  }

  /** A user namespace without a mapping: files stay root's own, and the program sees "nobody". */
  record OwnNamespace() implements Unprivileged {
    @Override
    public List<String> wrap(List<String> command) {
      return prefixed(List.of("unshare", "-U"), command);
    }

    @Override
    public void grant(Path path) {}
  }

  /** Where containers forbid namespaces: another user, who then owns the data. */
  record OtherUser(String name) implements Unprivileged {
    @Override
    public List<String> wrap(List<String> command) {
      return prefixed(
          List.of("setpriv", "--reuid=" + name, "--regid=" + group(), "--clear-groups"), command);
    }

    @Override
    public void grant(Path path) throws IOException {
      UserPrincipal user =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
      Files.setOwner(path, user);
    }

    private String group() {
      return name.equals("nobody") ? "nogroup" : name;
    }
  }

  static Unprivileged here() {
    if (!isRoot()) {
      return new Already();
    }
    if (works(new OwnNamespace())) {
      return new OwnNamespace();
    }
    for (String user : List.of("postgres", "nobody")) {
      if (works(new OtherUser(user))) {
        return new OtherUser(user);
      }
    }
    throw new ServerFailure(
        "PostgreSQL refuses to run as root, and neither unshare nor setpriv works here; run this"
            + " as an ordinary user or point DATABASE_URL at your own PostgreSQL.");
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }

  private static boolean works(Unprivileged way) {
    try {
      Process trial =
          new ProcessBuilder(way.wrap(List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> prefixed(List<String> prefix, List<String> command) {
    var line = new ArrayList<>(prefix);
    line.addAll(command);
    return line;
  }
}
