package dev.autopilot.projects.transfer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The errors of an import as a CSV file, read and written a batch at a time. */
@ApplicationScoped
class ErrorFile {
  private static final int BATCH = 1_000;

  private final Imports imports;

  ErrorFile(Imports imports) {
    this.imports = imports;
  }

  StreamingOutput of(UUID importId) {
    return (OutputStream output) -> {
      try (CSVPrinter printer =
          new CSVPrinter(
              new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8)),
              CSVFormat.RFC4180)) {
        printer.printRecord("line", "field", "message");
        for (int offset = 0; ; offset += BATCH) {
          List<RowError> errors = imports.errors(importId, offset, BATCH);
          for (RowError error : errors) {
            printer.printRecord(error.line(), error.field(), error.message());
          }
          if (errors.size() < BATCH) {
            return;
          }
        }
      }
    };
  }
}
