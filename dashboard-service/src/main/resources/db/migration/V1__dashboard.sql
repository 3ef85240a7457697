-- What was heard and is not yet folded into the tables below. One insert per event, no row that two
-- consumers fight for; a row lives for milliseconds. Deleting it and counting it is one transaction.
create table arrival (
  id          bigint      not null generated always as identity primary key,
  event_id    uuid        not null,
  type        text        not null,
  user_id     uuid,
  actor       uuid,
  subject     text        not null,
  summary     text        not null,
  -- What it adds to which figure, such as {"records": 1}; {"records": -1} takes away.
  counts      jsonb       not null,
  -- What the counted thing lies in (a record's database) and that in turn (the database's project).
  container   uuid,
  root        uuid,
  -- The container that ceased to be with this event, and with it all that it held.
  ended       uuid,
  occurred_at timestamptz not null
) with (
  -- A queue is mostly dead rows: vacuum by count, whatever the size.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0
);

-- Each event's countable facts, without values, for good: every figure can be had again from here.
create table archive (
  id          bigint      not null generated always as identity primary key,
  event_id    uuid        not null,
  type        text        not null,
  user_id     uuid,
  subject     text        not null,
  counts      jsonb       not null,
  container   uuid,
  root        uuid,
  ended       uuid,
  occurred_at timestamptz not null
);
create index archive_of_user on archive (user_id);

-- What happened, in words. Positions are given by one writer at a time, so that they become visible
-- in their order: whoever has seen 7 will never find a new 5. Pages and streams rest on that.
create table activity (
  position    bigint      not null generated always as identity primary key,
  id          uuid        not null,
  type        text        not null,
  user_id     uuid,
  actor       uuid,
  subject     text        not null,
  summary     text        not null,
  occurred_at timestamptz not null,
  created_at  timestamptz not null default now()
);
create index activity_of_user on activity (user_id, position);
-- Rows come in the order of their making, which is all that expiry needs to know.
create index activity_created_at on activity using brin (created_at);
-- What a person did to things of others, which is rare: for erasure.
create index activity_by_actor on activity (actor) where actor is distinct from user_id;

-- The figures: whose, which, within what.
create table tally (
  user_id   uuid,
  metric    text    not null,
  container uuid,
  root      uuid,
  amount    numeric not null,
  constraint tally_key unique nulls not distinct (user_id, metric, container, root)
) with (fillfactor = 70);
create index tally_container on tally (container);
create index tally_root on tally (root);

-- Containers that ceased to be. Events of different keys arrive in any order: what is told of a
-- container after its end no longer counts.
create table gone (
  id         uuid        not null primary key,
  created_at timestamptz not null default now()
);
create index gone_created_at on gone (created_at);

-- People who were erased: what still arrives about them is dropped.
create table erased (
  user_id    uuid        not null primary key,
  created_at timestamptz not null default now()
);
create index erased_created_at on erased (created_at);

create table incident (
  id        uuid        not null primary key,
  service   text        not null,
  opened_at timestamptz not null,
  closed_at timestamptz
);
-- One open incident a service, whichever replica saw it first.
create unique index incident_open on incident (service) where closed_at is null;
