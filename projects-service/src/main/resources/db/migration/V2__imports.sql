create table import (
  id           uuid        primary key,
  database_id  uuid        not null references database on delete cascade,
  requested_by uuid        not null,
  status       text        not null check (status in ('queued', 'running', 'succeeded', 'failed')),
  format       text        not null check (format in ('csv', 'jsonl')),
  -- The file's columns by name, and the field key each one goes to.
  mapping      jsonb       not null,
  total        bigint,
  -- Rows read, whether they became records or errors. It commits with their effect, and a
  -- take-over goes on behind it: that is what makes a row count once, whatever dies.
  position     bigint      not null default 0,
  done         bigint      not null default 0,
  failed       bigint      not null default 0,
  problem      text,
  -- Whose turn it is, and until when nobody else may take it.
  worker       uuid,
  leased_until timestamptz,
  created_at   timestamptz not null,
  finished_at  timestamptz
);
create index import_unfinished on import (created_at) where status in ('queued', 'running');
create index import_database on import (database_id);

-- The file, in pieces, until the job is finished: any replica can go on with it.
create table import_part (
  import_id  uuid        not null,
  number     integer     not null,
  content    bytea       not null,
  created_at timestamptz not null default now(),
  primary key (import_id, number)
);
alter table import_part alter column content set storage external;
create index import_part_created_at on import_part (created_at);

create table import_error (
  import_id uuid   not null references import on delete cascade,
  line      bigint not null,
  field     text,
  message   text   not null
);
create index import_error_line on import_error (import_id, line);
