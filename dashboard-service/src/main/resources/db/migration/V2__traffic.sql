-- What the gateways were asked for, summed by minute, route and person, with which each row begins:
-- one person's charts and erasure read one stretch of the key.
create table traffic (
  user_id        uuid,
  minute         timestamptz not null,
  route          text        not null,
  -- user, anonymous, or other: more people than a gateway told apart.
  principal      text        not null,
  requests       bigint      not null,
  refused        bigint      not null,
  errors         bigint      not null,
  -- Of all requests together; the mean is had by dividing.
  micros         bigint      not null,
  slowest_micros bigint      not null,
  created_at     timestamptz not null default now(),
  constraint traffic_key unique nulls not distinct (user_id, minute, route, principal)
);
-- Everybody's charts, and expiry: rows come in the order of time.
create index traffic_minute on traffic using brin (minute);
create index traffic_created_at on traffic using brin (created_at);
