-- What a link points at was deleted while the database with the link was. Nobody lets go of anything
-- in a deleted database; whoever restores it does, and finds here what.
alter table link add column broken boolean not null default false;
create index link_broken on link (database_id) where broken;
