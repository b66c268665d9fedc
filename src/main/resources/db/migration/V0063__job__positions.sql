-- Who has made a position by hand; null for what an ingestion brought.
alter table jobs add column created_by uuid;
