create table project (
  id          uuid        primary key,
  owner_id    uuid        not null,
  name        text        not null,
  description text,
  version     bigint      not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  -- Deletion is soft for thirty days; then erasure takes the row and all that hangs on it.
  deleted_at  timestamptz
);
create index project_owner on project (owner_id);
create index project_deleted on project (deleted_at) where deleted_at is not null;

create table member (
  user_id    uuid        not null,
  project_id uuid        not null references project on delete cascade,
  role       text        not null check (role in ('OWNER', 'EDITOR', 'VIEWER')),
  added_at   timestamptz not null,
  primary key (user_id, project_id)
);
create index member_project on member (project_id, user_id);

create table database (
  id          uuid        primary key,
  project_id  uuid        not null references project,
  -- Names the table its records live in: record_<storage>.
  storage     bigint      not null unique,
  name        text        not null,
  description text,
  fields      jsonb       not null,
  version     bigint      not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  deleted_at  timestamptz
);
create index database_project on database (project_id, id);
create index database_deleted on database (deleted_at) where deleted_at is not null;
create sequence storage;

-- How many records a database holds, exactly and without counting them. One row a database would
-- make all its writers queue, so each connection adds to a slot of its own; the sum is the count.
create table record_count (
  database_id uuid     not null references database on delete cascade,
  slot        smallint not null,
  records     bigint   not null,
  primary key (database_id, slot)
) with (fillfactor = 50);

-- Every version of every record. The newest also tells in which database a record lives.
create table revision (
  record_id   uuid        not null,
  version     integer     not null,
  database_id uuid        not null,
  operation   text        not null check (operation in ('created', 'updated', 'deleted', 'restored')),
  data        jsonb       not null,
  changed     text[]      not null,
  changed_by  uuid        not null,
  changed_at  timestamptz not null,
  -- Numbers are taken before their transactions commit, so a reader of changes waits for all
  -- transactions older than the oldest one still running; then nothing can appear behind its back.
  xid         xid8        not null default pg_current_xact_id(),
  seq         bigint      not null generated always as identity,
  primary key (record_id, version)
);
create index revision_database on revision (database_id, xid, seq);

-- Which records point at which. Integrity on delete asks here, by target.
create table link (
  source_id   uuid    not null,
  field       integer not null,
  target_id   uuid    not null,
  database_id uuid    not null,
  primary key (target_id, source_id, field)
);
create index link_source on link (source_id);
