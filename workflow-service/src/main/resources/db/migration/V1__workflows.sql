create table workflow (
  id                uuid        not null primary key,
  owner_id          uuid        not null,
  name              text        not null,
  description       text,
  enabled           boolean     not null,
  -- The newest definition, and the one that executions will be pinned to.
  draft_version     integer     not null,
  published_version integer,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  version           bigint      not null
);
-- The list: one person's, the newest first; ids are in order of their making.
create index workflow_of_owner on workflow (owner_id, id desc);

-- Definitions are never changed: another one is another row.
create table workflow_version (
  workflow_id uuid        not null references workflow on delete cascade,
  number      integer     not null,
  -- As its author wrote it; jsonb would forget the order of the properties.
  definition  text        not null check (definition is json object),
  created_at  timestamptz not null,
  primary key (workflow_id, number)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a version of a workflow is never changed' using errcode = 'integrity_constraint_violation';
end $$;

create trigger workflow_version_is_immutable
  before update on workflow_version for each row execute function refuse_change();
