create table session (
  id            uuid        not null primary key,
  owner_id      uuid        not null,
  title         text        not null,
  model         text,
  system_prompt text,
  -- Of projects-service; nothing here depends on its being there.
  project_id    uuid,
  message_count integer     not null default 0,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  version       bigint      not null
);
-- The list: one person's, the last used first, walked by keyset.
create index session_of_owner on session (owner_id, updated_at desc, id desc);
