package dev.autopilot.projects.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.record.ListRequest;
import dev.autopilot.projects.record.Places;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Shape;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a file page by page: no more than a page is in memory, and no transaction stays
 * open for as long as a client is slow to read.
 */
@ApplicationScoped
class ExportRecords {
  private static final int PAGE = 1_000;

  private final RecordStore store;
  private final ObjectMapper json;

  ExportRecords(RecordStore store, ObjectMapper json) {
    this.store = store;
    this.json = json;
  }

  /**
   * @param spreadsheet whether no text of a CSV file may be taken for a formula
   */
  void write(
      Schema schema,
      ListRequest request,
      Instant now,
      Format format,
      boolean spreadsheet,
      OutputStream output)
      throws IOException {
    Set<String> chosen = request.fields(schema);
    List<Field> fields =
        schema.fields().stream()
            .filter(field -> chosen == null || chosen.contains(field.key()))
            .toList();
    try (Writer writer =
        new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), 1 << 16)) {
      Sink sink =
          switch (format) {
            case CSV -> csv(writer, fields, spreadsheet);
            case JSONL -> lines(writer, fields);
          };
      each(schema, request, now, sink);
    }
  }

  private void each(Schema schema, ListRequest request, Instant now, Sink sink) throws IOException {
    @Nullable Cursor after = null;
    Portion<StoredRecord> page;
    do {
      RecordQuery query = request.query(schema, now, after, PAGE);
      page = store.page(schema, query);
      for (StoredRecord record : page.rows()) {
        sink.accept(record.id().toString(), record.values().shown(schema));
      }
      after = page.rows().isEmpty() ? null : Places.behind(page.rows().getLast(), query.sort());
    } while (page.more());
  }

  private Sink csv(Writer writer, List<Field> fields, boolean spreadsheet) throws IOException {
    CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180);
    List<String> header = new ArrayList<>(List.of("id"));
    fields.forEach(field -> header.add(field.key()));
    printer.printRecord(header);
    return (id, values) -> {
      List<@Nullable String> cells = new ArrayList<>();
      cells.add(id);
      for (Field field : fields) {
        String cell = cell(field, values.get(field.key()));
        cells.add(spreadsheet && isText(field) ? harmless(cell) : cell);
      }
      printer.printRecord(cells);
    };
  }

  private Sink lines(Writer writer, List<Field> fields) {
    return (id, values) -> {
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("id", id);
      fields.forEach(field -> line.put(field.key(), values.get(field.key())));
      writer.write(json.writeValueAsString(line));
      writer.write('\n');
    };
  }

  /** In the form in which an import reads it again. */
  private @Nullable String cell(Field field, @Nullable Object value) throws IOException {
    return switch (field.shape()) {
      case TEXT, NUMBER, FLAG ->
          value instanceof java.math.BigDecimal number
              ? number.toPlainString()
              : value == null ? null : value.toString();
      case TEXTS -> value instanceof List<?> items ? joined(items) : null;
      case TREE -> value == null ? null : json.writeValueAsString(value);
    };
  }

  private static boolean isText(Field field) {
    return field.shape() == Shape.TEXT || field.shape() == Shape.TEXTS;
  }

  /** What spreadsheets take for the beginning of a formula, by OWASP's list. */
  private static @Nullable String harmless(@Nullable String cell) {
    return cell != null && !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0
        ? "'" + cell
        : cell;
  }

  private static String joined(List<?> items) {
    return String.join(";", items.stream().map(String::valueOf).toList());
  }

  private interface Sink {
    void accept(String id, Map<String, @Nullable Object> values) throws IOException;
  }
}
