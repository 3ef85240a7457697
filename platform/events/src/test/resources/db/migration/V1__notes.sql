create table note (
  id      uuid primary key,
  text    text   not null,
  version bigint not null
);
-- What handlers did, once per time they did it.
create table heard (
  place    bigint generated always as identity primary key,
  event_id uuid   not null,
  subject  text   not null,
  number   bigint not null
);
