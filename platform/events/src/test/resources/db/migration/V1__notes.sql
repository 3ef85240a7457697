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
-- What goes with a person, and in which transactions it went.
create table keepsake (
  owner_id uuid not null
);
create index keepsake_of_owner on keepsake (owner_id);
create table keepsake_gone (
  owner_id    uuid not null,
  transaction xid8 not null
);
create function remember_keepsake() returns trigger language plpgsql as $$
begin
  insert into keepsake_gone values (old.owner_id, pg_current_xact_id());
  return old;
end $$;
create trigger keepsake_goes before delete on keepsake for each row execute function remember_keepsake();
