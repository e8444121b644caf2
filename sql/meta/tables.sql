-- One row per table, view or macro of the warehouse
-- Key: schema_name, table_name
-- Values: table_kind TableKind

create or replace table meta.tables (
    schema_name varchar not null,
    table_name varchar not null,
    table_kind varchar not null,
    chinese varchar,
    description varchar not null,
    grain varchar,
    row_key varchar[] not null,
    usage varchar not null,
    reads varchar[] not null,
    warning varchar
);

comment on table meta.tables is
'The dictionary of tables: what a row is, what tells rows apart, what the table is made of.';
comment on column meta.tables.schema_name is
'core (what was found), mart (summaries), meta (this dictionary), main (macros).';
comment on column meta.tables.table_name is 'Name in the schema.';
comment on column meta.tables.table_kind is 'table, view or macro.';
comment on column meta.tables.chinese is 'Chinese name; null where none is given, as for macros.';
comment on column meta.tables.description is 'What it holds or answers.';
comment on column meta.tables.grain is 'What one row stands for; null for a macro that gives a single value.';
comment on column meta.tables.row_key is 'Columns that tell one row from every other; empty for macros.';
comment on column meta.tables.usage is 'How it is asked for.';
comment on column meta.tables.reads is 'Tables it is made of; empty for those that a run fills from pages.';
comment on column meta.tables.warning is 'What its rows must not be read as; null where nothing is to be minded.';
