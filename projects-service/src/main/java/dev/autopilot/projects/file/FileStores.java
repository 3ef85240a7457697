package dev.autopilot.projects.file;

import dev.autopilot.projects.file.store.FileStore;
import dev.autopilot.projects.file.store.LocalFileStore;
import dev.autopilot.projects.file.store.S3FileStore;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The store that the settings ask for. */
@ApplicationScoped
class FileStores {
  @Produces
  @Singleton
  @DefaultBean
  FileStore store(FileSettings settings) {
    return settings.s3().bucket().isPresent()
        ? new S3FileStore(settings.s3())
        : new LocalFileStore(settings.folder());
  }

  void close(@Disposes FileStore store) throws Exception {
    if (store instanceof AutoCloseable open) {
      open.close();
    }
  }
}
