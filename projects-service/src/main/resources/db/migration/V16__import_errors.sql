-- A place in a job's errors, so that each page of them is a range of the index and not a walk from
-- the first one. Those that exist are numbered as they lie, which is how they were added.
alter table import_error add column id bigint generated always as identity;
create index import_error_place on import_error (import_id, line, id);
drop index import_error_line;

-- How many there were; the first ten thousand are kept.
alter table import add column errors bigint not null default 0;
update import i set errors = (select count(*) from import_error e where e.import_id = i.id)
where status in ('queued', 'running');

-- How many a person has under way is asked with every upload.
create index import_unfinished_of on import (requested_by) where status in ('queued', 'running');
