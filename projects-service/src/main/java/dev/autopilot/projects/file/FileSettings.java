package dev.autopilot.projects.file;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where files lie and how much of them there may be. */
@ConfigMapping(prefix = "autopilot.files")
public interface FileSettings {
  /** The folder of the local store; several replicas need one that they share. */
  @WithDefault("data/files")
  Path folder();

  /** The largest file. */
  @WithDefault("1G")
  MemorySize largest();

  /** All files of one person together. */
  @WithDefault("10G")
  MemorySize quota();

  /** After which an upload that nobody went on with is dropped. */
  @WithDefault("24H")
  Duration abandonedAfter();
}
