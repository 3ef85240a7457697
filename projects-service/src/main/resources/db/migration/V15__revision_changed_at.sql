-- Finds versions that are older than history is kept. They lie about in the order of their making,
-- so that a few bytes for each megabyte will do. Who writes records waits while the table is read
-- once.
create index revision_changed_at on revision using brin (changed_at) with (autosummarize = on);
