-- What people give programs to act for them. The token itself is never stored.
create table api_token (
  id           uuid primary key,
  account_id   uuid        not null references account on delete cascade,
  hash         bytea       not null unique,
  beginning    text        not null,
  name         text        not null,
  scopes       text        not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz -- to the minute
);

create index api_token_account on api_token (account_id, id);

-- Every token that a service got for somebody who wasn't there.
create table exchange_log (
  id         uuid primary key,
  service    text        not null,
  account_id uuid        not null references account on delete cascade,
  scopes     text        not null,
  jti        uuid        not null,
  created_at timestamptz not null
);

create index exchange_log_account on exchange_log (account_id);
create index exchange_log_age on exchange_log (created_at);
