package dev.autopilot.projects.benchmark;

import java.util.ArrayList;
import java.util.List;

/** All records in one JSONB table; values of indexed fields also in typed tables, no DDL ever. */
final class TypedIndexTables implements Layout {
  @Override
  public String name() {
    return "typed index tables";
  }

  @Override
  public List<String> setup() {
    return List.of(
        "create table shared (id uuid primary key, database int not null, data jsonb not null, version int not null, created_at timestamptz not null, updated_at timestamptz not null, created_by uuid not null)",
        "create index on shared (database, id)",
        "create index on shared using gin ((jsonb_to_tsvector('simple', data, '[\"string\"]')))",
        "create table value_text (database int not null, field int not null, value text collate \"C\" not null, id uuid not null, primary key (database, field, value, id))",
        "create table value_number (database int not null, field int not null, value numeric not null, id uuid not null, primary key (database, field, value, id))",
        "create table value_unique (database int not null, field int not null, value text collate \"C\" not null, id uuid not null, primary key (database, field, value))");
  }

  @Override
  public List<String> database(int number, boolean plain) {
    return List.of();
  }

  @Override
  public List<String> fill(int number, int records) {
    String from = " from shared where database = " + number;
    return List.of(
        ("insert into shared select uuidv7(), %d, "
                + JSON
                + ", 1, now(), now(), uuidv7() from generate_series(1, %d) g")
            .formatted(number, records),
        "insert into value_unique select database, 2, data->>'2', id" + from,
        "insert into value_text select database, 3, data->>'3', id" + from,
        "insert into value_text select database, 5, data->>'5', id" + from,
        "insert into value_number select database, 4, (data->'4')::numeric, id" + from,
        "analyze");
  }

  @Override
  public List<String> create(int number, boolean plain) {
    List<String> sql = new ArrayList<>();
    sql.add(
        "insert into shared values ($id, "
            + number
            + ", jsonb_build_object('1', $name::text, '2', $code::text, '3', $status::text, '4', $amount::numeric, '5', $day::text, '6', 'Some words', '7', true, '8', 5, '9', 'a@example.org', '10', 'https://example.org', '11', '[\"a\"]'::jsonb, '12', 'line'), 1, now(), now(), uuidv7())");
    if (!plain) {
      sql.add("insert into value_unique values (" + number + ", 2, $code, $id)");
      sql.add(
          "insert into value_text values (%1$d, 3, $status, $id), (%1$d, 5, $day, $id)"
              .formatted(number));
      sql.add("insert into value_number values (" + number + ", 4, $amount, $id)");
    }
    return sql;
  }

  @Override
  public String sorted(int number) {
    return "select r.* from value_number v join shared r using (id) where v.database = %d and v.field = 4 order by v.value, v.id limit 51"
        .formatted(number);
  }

  @Override
  public String deep(int number) {
    return "select r.* from value_number v join shared r using (id) where v.database = %d and v.field = 4 and (v.value, v.id) > (?, ?) order by v.value, v.id limit 51"
        .formatted(number);
  }

  @Override
  public String filtered(int number) {
    return "select r.* from value_text d join shared r using (id) where d.database = %1$d and d.field = 5 and exists (select from value_text s where s.database = %1$d and s.field = 3 and s.value = 'open' and s.id = d.id) and exists (select from value_number a where a.database = %1$d and a.field = 4 and a.value >= ? and a.id = d.id) order by d.value desc, d.id desc limit 51"
        .formatted(number);
  }

  @Override
  public String read(int number) {
    return "select * from shared where id = ?";
  }
}
