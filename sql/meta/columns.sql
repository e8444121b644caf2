-- One row per column of a table, view or macro of the warehouse
-- Key: schema_name, table_name, column_name

create or replace table meta.columns (
    schema_name varchar not null,
    table_name varchar not null,
    ordinal integer not null,
    column_name varchar not null,
    chinese varchar,
    data_type varchar not null,
    meaning varchar not null,
    null_means varchar,
    unit varchar,
    list_name varchar,
    refers_to varchar,
    warning varchar
);

comment on table meta.columns is
'The dictionary of columns: meaning, unit, what null means, which closed list, which table it leads to.';
comment on column meta.columns.schema_name is 'Schema of the table: meta.tables.schema_name.';
comment on column meta.columns.table_name is 'The table: meta.tables.table_name.';
comment on column meta.columns.ordinal is 'Place among the columns of the table, from 0.';
comment on column meta.columns.column_name is 'Name of the column.';
comment on column meta.columns.chinese is 'Chinese name; null where none is given.';
comment on column meta.columns.data_type is 'Type in DuckDB.';
comment on column meta.columns.meaning is 'What the column holds.';
comment on column meta.columns.null_means is 'When it is null; null where it never is.';
comment on column meta.columns.unit is
'Unit of a number, or what a day or moment counts in; null for text, lists and truth values.';
comment on column meta.columns.list_name is
'Closed list its entries are from: meta.values.list_name; null where it is free.';
comment on column meta.columns.refers_to is
'Column that has a row for each of its values; null where it is no reference.';
comment on column meta.columns.warning is 'What its values must not be read as; null where nothing is to be minded.';
