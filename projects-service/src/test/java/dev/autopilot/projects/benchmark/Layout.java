package dev.autopilot.projects.benchmark;

import java.util.List;

/** A way to store records, in SQL; {@code %d} is the number of the database. */
interface Layout {
  String name();

  /** Once. */
  List<String> setup();

  /** For each database; one that is plain has neither index nor unique field. */
  List<String> database(int number, boolean plain);

  /** Fills a database with that many records of twelve fields. */
  List<String> fill(int number, int records);

  /** Creates one record: id, unique code, status, amount, day, name. */
  List<String> create(int number, boolean plain);

  /** The first page by amount. */
  String sorted(int number);

  /** A page behind an amount and an id. */
  String deep(int number);

  /** The newest days among the open ones of at least an amount. */
  String filtered(int number);

  /** One record by id. */
  String read(int number);

  /** A row's JSON in SQL, from a number {@code g}; the same for every layout. */
  String JSON =
      """
      jsonb_build_object('1', 'Plant ' || g, '2', 'code-' || g,
        '3', (array['open','paid','sent','void'])[1 + g %% 4],
        '4', ((g::bigint * 7919) %% 1000003)::numeric / 100,
        '5', to_char(date '2020-01-01' + (g %% 2000), 'YYYY-MM-DD'),
        '6', 'Some words about plant number ' || g, '7', g %% 2 = 0, '8', g %% 97,
        '9', 'person' || g %% 5000 || '@example.org', '10', 'https://example.org/' || g,
        '11', jsonb_build_array('a', 'b'), '12', 'line ' || g %% 1000)\
      """;
}
