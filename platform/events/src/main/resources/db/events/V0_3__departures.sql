-- People who are gone, of whom something may still be here. A row lives for an hour, or as long as it takes.
create table departure (
  user_id  uuid        not null primary key,
  noted_at timestamptz not null default now(),
  -- When somebody is to see to it. Whoever does puts it off first, so that nobody else does meanwhile, and
  -- it comes again by itself if nothing more is heard of that.
  due_at   timestamptz not null default now(),
  -- Times that nothing more was heard. More than a few want to be looked at.
  failures integer     not null default 0
);
create index departure_due_at on departure (due_at);
