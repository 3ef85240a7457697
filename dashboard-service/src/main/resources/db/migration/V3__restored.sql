-- No fold runs until this is done; whoever folds takes this lock before any other.
select pg_advisory_xact_lock(hashtext('dashboard.fold'), hashtext(current_schema()));

-- What is deleted may come back, and its figures with it: they are counted on while it is gone.
alter table arrival add column restored uuid;
alter table archive add column restored uuid;

-- How often it ended more than it came back. Adding up forgives any order; nought has no row.
alter table gone add column times integer not null default 1;

-- Whether it lies in nothing that is gone. Kept here, where reading it costs nothing: figures are
-- asked for more often than containers go, and each asks for all that a person has.
alter table tally add column shown boolean not null default true;

-- What was in containers that ended was swept away. Those that may still come back get it again from
-- the archive. The margin to sixty days is for a replica of the version before: what it forgets by
-- then must have nothing counted in it.
insert into tally (user_id, metric, container, root, amount, shown)
  select archive.user_id, count.key, archive.container, archive.root, sum(count.value::numeric),
    false
  from archive cross join jsonb_each_text(archive.counts) as count
  where archive.container in (select id from gone where created_at > now() - interval '45 days')
     or archive.root in (select id from gone where created_at > now() - interval '45 days')
  group by archive.user_id, count.key, archive.container, archive.root
  on conflict (user_id, metric, container, root) do update set amount = excluded.amount, shown = false;
