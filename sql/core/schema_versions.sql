-- One row per shape that the tables of the warehouse have had
-- Key: version

create table if not exists core.schema_versions (
    version integer not null,
    fingerprint varchar not null,
    changed_tables varchar[] not null,
    measure varchar not null
);

comment on table core.schema_versions is
'How the core tables changed since the file was made, and what a run did about it; the last row is the present shape.';
comment on column core.schema_versions.version is 'Order, from 1.';
comment on column core.schema_versions.fingerprint is
'Hash of all names, types and null constraints of the core tables.';
comment on column core.schema_versions.changed_tables is
'Tables that differ from the shape before; empty for the first.';
comment on column core.schema_versions.measure is
'made (a new file), widened (columns added), facts read again, pages read again: from the raw store, history kept.';
