create table endpoint (
  id            uuid        not null primary key,
  owner_id      uuid        not null,
  name          text        not null,
  scheme        text        not null
    check (scheme in ('STANDARD', 'GITHUB', 'STRIPE', 'SLACK', 'HMAC', 'NONE')),
  header        text check ((header is not null) = (scheme = 'HMAC')),
  id_header     text,
  -- Encrypted (kernel, SecretBox); null for none, and while the sender's secret is awaited.
  sealed_secret text,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  version       bigint      not null
);
-- One person's, the newest first: ids are in order of their making.
create index endpoint_of_owner on endpoint (owner_id, id desc);

create table delivery (
  id          uuid        not null primary key,
  endpoint_id uuid        not null references endpoint on delete cascade,
  owner_id    uuid        not null,
  status      text        not null check (status in ('RECEIVED', 'REJECTED')),
  -- Why it was rejected.
  refusal     text check ((refusal is not null) = (status = 'REJECTED')),
  -- How it was verified, whatever the endpoint asks for since.
  scheme      text        not null,
  headers     jsonb       not null,
  query       text,
  size        integer     not null,
  -- Byte for byte; none of what was rejected, since anybody may send that.
  body        bytea check ((body is not null) = (status = 'RECEIVED')),
  replays     integer     not null default 0,
  created_at  timestamptz not null
);
create index delivery_of_endpoint on delivery (endpoint_id, id desc);
-- Only the last few of an endpoint are kept, and looked at whenever another comes.
create index delivery_rejected on delivery (endpoint_id, id desc) where status = 'REJECTED';
create index delivery_created_at on delivery (created_at);

-- Deliveries that had their effect. The row commits with the effect, so a second one finds it.
create table seen_delivery (
  endpoint_id uuid        not null references endpoint on delete cascade,
  -- SHA-256 of the sender's id, or of the content where there is none.
  key         bytea       not null,
  created_at  timestamptz not null,
  primary key (endpoint_id, key)
);
create index seen_delivery_created_at on seen_delivery (created_at);
