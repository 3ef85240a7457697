/** Files: taken in as streams, kept in a store behind {@link FileStore}, given out in ranges. */
@NullMarked
package dev.autopilot.projects.file;

import org.jspecify.annotations.NullMarked;
