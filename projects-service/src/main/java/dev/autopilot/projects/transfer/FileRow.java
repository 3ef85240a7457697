package dev.autopilot.projects.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A row of a file, by the number of the line on which it begins. */
sealed interface FileRow {
  long line();

  /** Texts by the column's name. */
  record Cells(long line, Map<String, String> cells) implements FileRow {}

  /** Values by name. */
  record Json(long line, ObjectNode values) implements FileRow {}

  /** Something that is no row. */
  record Broken(long line, String why) implements FileRow {}
}
