-- People as other providers know them. Of an identity only issuer and subject never change: an address may be
-- given to somebody else, and a provider may be renamed in the configuration.
create table federated_identity (
  issuer       text        not null,
  subject      text        not null,
  account_id   uuid        not null references account on delete cascade,
  linked_at    timestamptz not null,
  last_used_at timestamptz not null,
  primary key (issuer, subject),
  -- Whoever got somebody's old address at the same provider isn't that person.
  constraint federated_identity_one_per_issuer unique (account_id, issuer)
);

-- Sign-ins that are under way at a provider. Nonce and PKCE verifier follow from the state and the master key.
create table federated_handshake (
  state      bytea primary key, -- hash
  provider   text        not null,
  browser    text        not null, -- hash of the cookie of the browser in which it began
  landing    text        not null, -- where the browser goes afterwards
  program    text, -- hash of the verifier of the program that waits there, if it isn't a page of ours
  created_at timestamptz not null
);

create index federated_handshake_age on federated_handshake (created_at);

-- People whom a provider has let in and who still have to collect their tokens, some with a second factor.
create table federated_ticket (
  ticket     bytea primary key, -- hash
  account_id uuid        not null references account on delete cascade,
  provider   text        not null,
  holder     text        not null, -- hash of what only the rightful holder has: browser cookie or verifier
  created_at timestamptz not null
);

create index federated_ticket_age on federated_ticket (created_at);
create index federated_ticket_account on federated_ticket (account_id);
