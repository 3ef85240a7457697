-- What is being erased goes bit by bit, each bit in a transaction of its own. From the first on it
-- can't be restored any more, since then it isn't whole.
alter table project add column erasing boolean not null default false;
alter table database add column erasing boolean not null default false;
create index project_erasing on project (id) where erasing;
create index database_erasing on database (id) where erasing;
