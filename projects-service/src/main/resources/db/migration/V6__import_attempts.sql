-- How often it was taken up since its last row that counts: what can't be done is given up.
alter table import add column attempts integer not null default 0;
