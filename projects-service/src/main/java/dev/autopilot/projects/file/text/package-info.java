/**
 * The text in files. Whatever a file claims to be, reading it is bounded in time, in memory, in
 * what is unpacked of it and in what is kept.
 */
@NullMarked
package dev.autopilot.projects.file.text;

import org.jspecify.annotations.NullMarked;
