package dev.autopilot.projects.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for each database, JSONB in one column, indexes on expressions: what the service does,
 * but for the words, which it has come to keep in a column.
 */
final class TablePerDatabase implements Layout {
  private static final String AMOUNT = "((data->'4')::numeric)";
  private static final String STATUS = "((data->>'3') collate \"C\")";
  private static final String DAY = "((data->>'5') collate \"C\")";
  private static final String CODE = "((data->>'2') collate \"C\")";

  @Override
  public String name() {
    return "table per database";
  }

  @Override
  public List<String> setup() {
    return List.of();
  }

  @Override
  public List<String> database(int number, boolean plain) {
    List<String> ddl =
        new ArrayList<>(
            List.of(
                "create table record_%d (id uuid primary key, data jsonb not null, version int not null, created_at timestamptz not null, updated_at timestamptz not null, created_by uuid not null)",
                "create index on record_%d using gin ((jsonb_to_tsvector('simple', data, '[\"string\"]')))"));
    if (!plain) {
      ddl.add("create unique index on record_%d (" + CODE + ")");
      ddl.add("create index on record_%d (" + STATUS + ", id)");
      ddl.add("create index on record_%d (" + AMOUNT + ", id)");
      ddl.add("create index on record_%d (" + DAY + ", id)");
    }
    return ddl.stream().map(sql -> sql.replace("%d", Integer.toString(number))).toList();
  }

  @Override
  public List<String> fill(int number, int records) {
    return List.of(
        ("insert into record_%d select uuidv7(), "
                + JSON
                + ", 1, now(), now(), uuidv7() from generate_series(1, %d) g")
            .formatted(number, records),
        "analyze record_" + number);
  }

  @Override
  public List<String> create(int number, boolean plain) {
    return List.of(
        "insert into record_"
            + number
            + " values (?, jsonb_build_object('1', ?::text, '2', ?::text, '3', ?::text, '4', ?::numeric, '5', ?::text, '6', 'Some words', '7', true, '8', 5, '9', 'a@example.org', '10', 'https://example.org', '11', '[\"a\"]'::jsonb, '12', 'line'), 1, now(), now(), uuidv7()) on conflict do nothing");
  }

  @Override
  public String sorted(int number) {
    return "select * from record_%d where %s is not null order by %s, id limit 51"
        .formatted(number, AMOUNT, AMOUNT);
  }

  @Override
  public String deep(int number) {
    return "select * from record_%d where %s is not null and (%s, id) > (?, ?) order by %s, id limit 51"
        .formatted(number, AMOUNT, AMOUNT, AMOUNT);
  }

  @Override
  public String filtered(int number) {
    return "select * from record_%d where %s = 'open' and %s >= ? and %s is not null order by %s desc, id desc limit 51"
        .formatted(number, STATUS, AMOUNT, DAY, DAY);
  }

  @Override
  public String read(int number) {
    return "select * from record_" + number + " where id = ?";
  }
}
