-- What a file consists of, piece by piece in the store: one for a file sent at once, and of a
-- resumable upload one for each request that brought some of it. An upload and the file that it
-- becomes have the same id.
create table file_part (
  file_id uuid    not null,
  number  integer not null,
  key     text    not null unique,
  size    bigint  not null,
  primary key (file_id, number)
);
insert into file_part (file_id, number, key, size) select id, 0, id::text, size from file;
-- Uploads begun before begin again.
insert into orphan (key, created_at)
  select id::text, 'epoch' from upload u
  where not exists (select from file f where f.id = u.id) on conflict do nothing;
delete from upload;
create index upload_owner on upload (owner_id);
create index orphan_created_at on orphan (created_at);

-- The text in a file is read after it was stored. Whoever reads it holds it until text_due; what a
-- crash leaves is due again then, until it has been tried often enough.
alter table file
  add column text_status   text        not null default 'PENDING'
    check (text_status in ('PENDING', 'READY', 'TRUNCATED', 'NONE', 'FAILED')),
  add column text_attempts integer     not null default 0,
  add column text_due      timestamptz not null default now(),
  -- Words of the name, and of the text once it has been read.
  add column search        tsvector    not null default '';
update file set search = to_tsvector('simple', regexp_replace(name, '[^[:alnum:]]+', ' ', 'g'));
create index file_search on file using gin (search);
create index file_text_due on file (text_due) where text_status = 'PENDING';

create table file_text (
  file_id uuid primary key references file on delete cascade,
  content text not null
);
