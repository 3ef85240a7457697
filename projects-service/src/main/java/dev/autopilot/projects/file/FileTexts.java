package dev.autopilot.projects.file;

import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.SqlFailedException;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The texts of files, and which files' are still to be read. */
@ApplicationScoped
class FileTexts {
  /** PostgreSQL's bound for the words of one document, which is a megabyte. */
  private static final String TOO_MANY_WORDS = "54000";

  private final Sql sql;

  FileTexts(Sql sql) {
    this.sql = sql;
  }

  /**
   * A file whose text is to be read.
   *
   * @param attempt how often this makes it
   */
  record Task(UUID fileId, String contentType, long size, int attempt) {}

  /** Takes the file that has waited longest; it is due again when it isn't done by then. */
  @Nullable Task claim(Duration lease) {
    return sql.first(
        Statement.of(
            """
            update file set text_attempts = text_attempts + 1,
                            text_due = now() + make_interval(secs => ?)
            where id = (select id from file where text_status = 'PENDING' and text_due <= now()
                        order by text_due limit 1 for update skip locked)
            returning id, content_type, size, text_attempts
            """,
            (double) lease.toSeconds()),
        row ->
            new Task(
                Sql.uuid(row, "id"),
                row.getString("content_type"),
                row.getLong("size"),
                row.getInt("text_attempts")));
  }

  /** There is no text to be had, and this is why. */
  void end(UUID fileId, TextStatus status) {
    sql.update(Statement.of("update file set text_status = ? where id = ?", status.name(), fileId));
  }

  /** Keeps the text and makes it findable; of more words than an index takes, the first. */
  void keep(UUID fileId, TextStatus status, String text) {
    for (int length = text.length(); ; length /= 2) {
      String findable = text.substring(0, length);
      try {
        QuarkusTransaction.requiringNew().run(() -> keep(fileId, status, text, findable));
        return;
      } catch (SqlFailedException failure) {
        if (!TOO_MANY_WORDS.equals(failure.state()) || length == 0) {
          throw failure;
        }
      }
    }
  }

  private void keep(UUID fileId, TextStatus status, String text, String findable) {
    int there =
        sql.update(
            Statement.of(
                "update file set text_status = ?, search = "
                    + Files.SEARCH_OF_NAME.replace("?", "name")
                    + " || to_tsvector('simple', ?) where id = ?",
                status.name(),
                findable,
                fileId));
    if (there == 1) {
      sql.update(
          Statement.of(
              "insert into file_text (file_id, content) values (?, ?)"
                  + " on conflict (file_id) do update set content = excluded.content",
              fileId,
              text));
    }
  }

  @Nullable String of(UUID fileId) {
    return sql.first(
        Statement.of("select content from file_text where file_id = ?", fileId),
        row -> row.getString("content"));
  }
}
