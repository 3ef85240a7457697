-- The next slot that a field gets; slots are not used twice.
alter table database add column next_slot integer not null default 501;

-- What is to be done to a database's table behind the backs of those who use it.
create table storage_task (
  id      bigint  primary key generated always as identity,
  storage bigint  not null,
  slot    integer not null,
  kind    text    not null check (kind in ('INDEX', 'SWEEP')),
  shape   text    not null
);
create index storage_task_storage on storage_task (storage, slot);
