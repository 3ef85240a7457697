-- Whose files are being erased, one after the other; from now on nobody sees them.
create table leaver (
  user_id uuid        primary key,
  left_at timestamptz not null default now()
);
