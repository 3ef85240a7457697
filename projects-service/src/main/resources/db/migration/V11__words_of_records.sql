-- Gives the tables that exist their words. Each step commits: ten thousand tables are more than one
-- transaction can lock, and whoever writes records meanwhile waits for a batch, and while the index
-- is built. It may be cut off anywhere; then it goes on when it is run again.
do $$
declare
  database_id uuid;
  number bigint;
  place uuid;
begin
  for database_id, number in select id, storage from database order by storage loop
    -- Whoever erases the database waits for the step; if it is gone, there is nothing to do.
    perform from database where id = database_id for key share;
    continue when not found;
    perform keep_words(number);
    commit;
    place := '00000000-0000-0000-0000-000000000000';
    while place is not null loop
      perform from database where id = database_id for key share;
      exit when not found;
      -- Locked in the order in which everybody locks records.
      execute format(
        'with batch as materialized ('
        '  select id from %1$I where id > $1 and words is null order by id limit 5000 for update),'
        ' made as ('
        '  update %1$I r set words = record_words(r.data) from batch where r.id = batch.id)'
        ' select id from batch order by id desc limit 1', 'record_' || number)
        into place using place;
      commit;
    end loop;
    perform from database where id = database_id for key share;
    continue when not found;
    perform index_words(number);
    commit;
  end loop;
end
$$;
