-- People. Nothing here says how they prove who they are.
create table account (
  id                uuid primary key,
  email             text        not null,
  -- Lower case, NFKC: one address is one account, and of two who register it at once one wins.
  email_key         text        not null constraint account_email_key_unique unique,
  name              text        not null,
  role              text        not null check (role in ('USER', 'ADMIN')),
  email_verified_at timestamptz,
  two_factor_since  timestamptz,
  created_at        timestamptz not null,
  version           bigint      not null
);

-- The installation is founded once: whoever gets the only row is its administrator.
create table founding (
  only_one   boolean primary key check (only_one),
  account_id uuid references account on delete set null
);

create table password (
  account_id uuid primary key references account on delete cascade,
  hash       text        not null, -- PHC: parameters, salt and hash
  changed_at timestamptz not null
);

-- Devices signed in. A row outlives its end for as long as one of its tokens could be presented.
create table session (
  id             uuid primary key,
  account_id     uuid        not null references account on delete cascade,
  method         text        not null,
  amr            text        not null,
  address        text        not null,
  user_agent     text,
  created_at     timestamptz not null,
  last_used_at   timestamptz not null,
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  revoked_reason text
);

-- Both "the devices of" and "end all of" ask by account for those that go on.
create index session_live on session (account_id, id) where revoked_at is null;
create index session_end on session (expires_at);
-- For the foreign key, when an account is erased.
create index session_account on session (account_id);

-- Hashes of tokens. Rotation touches one row by primary key and adds one.
create table refresh_token (
  hash       bytea primary key,
  session_id uuid        not null references session on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at   timestamptz,
  salt       bytea, -- with the token itself and the master key it gives the successor
  check ((spent_at is null) = (salt is null))
);

create index refresh_token_session on refresh_token (session_id);
create index refresh_token_end on refresh_token (expires_at);

-- What gateways must refuse, until the last token concerned has expired.
create table revocation (
  key        text primary key,
  revoked_at timestamptz not null,
  until      timestamptz not null
);

create index revocation_time on revocation (revoked_at);

create table signing_key (
  kid             text primary key,
  public_key      bytea       not null,
  private_key     text        not null, -- sealed
  signs_from      timestamptz not null,
  published_until timestamptz
);

-- Wrong guesses per account and per address. The subject is a keyed hash: what strangers typed, and
-- where they came from, isn't readable here. Never grows beyond the limit's number of instants.
create table attempt (
  subject      bytea primary key,
  failures     timestamptz[] not null,
  last_at      timestamptz   not null,
  locked_until timestamptz
);

create index attempt_age on attempt (last_at);
