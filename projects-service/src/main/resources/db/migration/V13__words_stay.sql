-- Whoever writes values in SQL that are no words, and many of them, says so: then a record's words
-- stay, and aren't made anew of all its texts.
create or replace function make_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.words is not null
      and current_setting('projects.words_stay', true) = 'true' then
    return new;
  end if;
  new.words := record_words(new.data);
  return new;
end
$$;
