package dev.autopilot.projects.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL in the making, with the values that are bound to its question marks. Whatever a client sent
 * is a value; text is only ever our own.
 */
public final class Statement {
  private final StringBuilder text = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();
  private boolean search;

  public static Statement of(String sql, @Nullable Object... values) {
    return new Statement().add(sql, values);
  }

  /** A statement whose cost a client decides: it may take only so long. */
  public static Statement search(String sql) {
    return of(sql).asSearch();
  }

  public Statement add(String sql, @Nullable Object... bound) {
    text.append(sql);
    values.addAll(Arrays.asList(bound));
    return this;
  }

  public Statement add(Statement part) {
    text.append(part.text);
    values.addAll(part.values);
    return this;
  }

  Statement asSearch() {
    search = true;
    return this;
  }

  boolean isSearch() {
    return search;
  }

  public String text() {
    return text.toString();
  }

  public List<@Nullable Object> values() {
    return Collections.unmodifiableList(values);
  }
}
