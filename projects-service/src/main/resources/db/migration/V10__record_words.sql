-- The words that a record is found by: runs of letters and digits of every text in it, in lower
-- case, with their places; between two texts a place stays empty, so that no phrase goes across.
-- An id is no text. RecordWords.java makes the same for whoever writes many records; a test holds
-- the two together. The collations are PostgreSQL's own and the same in every database.
create function record_words(data jsonb) returns tsvector
  language sql immutable strict parallel safe
as $$
  select coalesce(string_agg(left(word, 255) || ':' || place, ' '), '')::tsvector
  from (
    select word, row_number() over (order by place) as place
    from (
      select lower(string_agg(translate(text, E'\n', ' '), E'\n') collate pg_c_utf8) as texts
      from jsonb_path_query(data, 'strict $.**?(@.type() == "string")') as value,
           lateral (select value #>> '{}') as of_value (text)
      where not (length(text) = 36
                 and text ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')
    ) as joined,
    string_to_table(
      replace(
        regexp_replace(texts collate pg_unicode_fast, '[^[:alnum:]\n]+', ' ', 'g'),
        E'\n', E' \n '),
      ' ') with ordinality as split (word, place)
    where word <> ''
  ) as placed
  where word <> E'\n'
$$;

create function make_words() returns trigger language plpgsql as $$
begin
  new.words := record_words(new.data);
  return new;
end
$$;

-- Gives a table of records the column, and triggers for whoever writes values and not their words.
-- That is what rewrites values in SQL, and a replica of an older release.
create function keep_words(storage bigint) returns void language plpgsql as $$
declare
  records text := 'record_' || storage;
begin
  execute format('alter table %I add column if not exists words tsvector', records);
  execute format(
    'create or replace trigger made before insert on %I for each row'
    ' when (new.words is null) execute function make_words()', records);
  execute format(
    'create or replace trigger rewritten before update of data on %I for each row'
    ' when (new.words is not distinct from old.words) execute function make_words()', records);
end
$$;

-- The index on them, in place of the one that older releases made.
create function index_words(storage bigint) returns void language plpgsql as $$
declare
  records text := 'record_' || storage;
begin
  execute format('create index if not exists %I on %I using gin (words)', records || '_w', records);
  if to_regclass(records || '_q') is not null then
    execute format('drop index %I', records || '_q');
  end if;
end
$$;

-- The table of a database that a replica of an older release makes, when it commits.
create function keep_words_of_database() returns trigger language plpgsql as $$
declare
  records regclass := to_regclass('record_' || new.storage);
begin
  if not exists (select from pg_attribute where attrelid = records and attname = 'words') then
    perform keep_words(new.storage), index_words(new.storage);
  end if;
  return null;
end
$$;
create constraint trigger words after insert on database deferrable initially deferred
  for each row execute function keep_words_of_database();
