-- From where somebody has signed in before: a keyed hash of the program and the network.
create table known_device (
  account_id   uuid        not null references account on delete cascade,
  fingerprint  bytea       not null,
  last_seen_at timestamptz not null,
  primary key (account_id, fingerprint)
);

create index known_device_age on known_device (last_seen_at);
