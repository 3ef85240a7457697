package dev.autopilot.projects.file;

import dev.autopilot.projects.file.store.S3Settings;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where files lie and how much of them there may be. */
@ConfigMapping(prefix = "autopilot.files")
public interface FileSettings {
  /** The folder of the local store; several replicas need one that they share, or S3. */
  @WithDefault("data/files")
  Path folder();

  /** A bucket instead of the folder. */
  S3Settings s3();

  /** The largest file. */
  @WithDefault("1G")
  MemorySize largest();

  /** All files of one person together, uploads under way included. */
  @WithDefault("10G")
  MemorySize quota();

  /** After which an upload that nobody went on with is dropped. */
  @WithDefault("24H")
  Duration abandonedAfter();

  /** What is read of files for search and chat. */
  Text text();

  /** Bounds that no file gets beyond, whatever it is made of. */
  interface Text {
    /** Larger files are kept, but not read. */
    @WithDefault("50M")
    MemorySize largestFile();

    /** What is kept of one file's text; the rest is left out, and the file says so. */
    @WithDefault("1000000")
    int largestText();

    /** All that may be unpacked of one file, a few MB of which are in memory at a time. */
    @WithDefault("256M")
    MemorySize largestUnpacked();

    /** How long reading one file may take. */
    @WithDefault("60S")
    Duration timeout();

    /** How often a file is tried that fails or takes the process with it. */
    @WithDefault("3")
    int attempts();
  }
}
