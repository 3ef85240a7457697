-- What an app and we know. It counts once account.two_factor_since is set.
create table totp (
  account_id uuid primary key references account on delete cascade,
  secret     text        not null, -- sealed
  last_step  bigint      not null, -- the last thirty seconds whose code was used
  created_at timestamptz not null
);

-- Codes on paper: hashed like passwords, all of a person with one salt; using one deletes its row.
create table backup_codes (
  account_id   uuid primary key references account on delete cascade,
  salt         text        not null,
  generated_at timestamptz not null
);

create table backup_code (
  account_id uuid not null references backup_codes on delete cascade,
  hash       text not null,
  primary key (account_id, hash)
);
