create table file (
  id           uuid        primary key,
  owner_id     uuid        not null,
  project_id   uuid        references project,
  name         text        not null,
  content_type text        not null,
  size         bigint      not null,
  sha256       text        not null,
  created_at   timestamptz not null
);
create index file_owner on file (owner_id, id);
create index file_project on file (project_id, id);

-- A resumable upload (tus 1.0.0). Its bytes lie in the store; offset says how many count.
create table upload (
  id         uuid        primary key,
  owner_id   uuid        not null,
  project_id uuid,
  name       text        not null,
  size       bigint      not null,
  received   bigint      not null,
  file_id    uuid,
  created_at timestamptz not null default now()
);
create index upload_created_at on upload (created_at);

-- Content that is not, or no longer, a file's: written before the row that names it commits, and
-- deleted after the row that named it is gone. What a crash leaves here is collected.
create table orphan (
  key        text        primary key,
  created_at timestamptz not null default now()
);
