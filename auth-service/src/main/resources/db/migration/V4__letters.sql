-- Letters that wait to be sent, sealed.
create table letter (
  id         uuid primary key,
  account_id uuid        not null references account on delete cascade,
  sealed     text        not null,
  created_at timestamptz not null,
  due_at     timestamptz not null,
  tries      integer     not null
);

create index letter_due on letter (due_at);
create index letter_account on letter (account_id);

-- What links in letters carry; only the latest of a kind is good.
create table mailed_token (
  account_id uuid        not null references account on delete cascade,
  purpose    text        not null,
  hash       bytea       not null unique,
  expires_at timestamptz not null,
  primary key (account_id, purpose)
);
