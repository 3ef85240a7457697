-- Events that are committed and not yet at the broker. A row lives for milliseconds; what stays is an outage.
create table outbox (
  -- By hash of the key; one relay works on a lane at a time, which keeps a key's order.
  lane       smallint    not null,
  -- Taken while the aggregate's row is locked, so that per key it follows the order of commits.
  -- Not across keys, and a smaller number may become visible later: nobody may skip by a watermark.
  seq        bigint      not null generated always as identity,
  topic      text        not null,
  key        text        not null,
  headers    jsonb       not null,
  payload    text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (lane, seq)
) with (
  -- A queue is mostly dead rows: vacuum by count, at full speed, whatever the size.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 100000
);
alter table outbox alter column payload set storage external;

-- Events that had their effect. The row commits with the effect, so a second delivery finds it.
create table inbox (
  event_id   uuid        not null primary key,
  created_at timestamptz not null default now()
);
create index inbox_created_at on inbox (created_at);

-- Answers to POSTs that carried an Idempotency-Key. The row commits with the effect.
create table idempotency (
  user_id      uuid        not null,
  key          text        not null,
  request_hash bytea       not null,
  status       smallint,
  headers      jsonb,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_created_at on idempotency (created_at);
