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

  private final ErrorLog log;

  ErrorFile(ErrorLog log) {
    this.log = log;
  }

  StreamingOutput of(UUID importId) {
    return (OutputStream output) -> {
      try (CSVPrinter printer =
          new CSVPrinter(
              new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8)),
              CSVFormat.RFC4180)) {
        printer.printRecord("line", "field", "message");
        List<ErrorLog.Entry> batch = log.behind(importId, null, BATCH);
        while (!batch.isEmpty()) {
          for (ErrorLog.Entry entry : batch) {
            RowError error = entry.error();
            printer.printRecord(error.line(), error.field(), error.message());
          }
          batch = log.behind(importId, batch.getLast(), BATCH);
        }
        long leftOut = log.leftOut(importId);
        if (leftOut > 0) {
          printer.printRecord(null, null, leftOut + " more errors are not listed.");
        }
      }
    };
  }
}
