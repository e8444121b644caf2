-- One row per column and entry of its closed list
-- Key: schema_name, table_name, column_name, value

create or replace table meta.values (
    schema_name varchar not null,
    table_name varchar not null,
    column_name varchar not null,
    list_name varchar not null,
    ordinal integer not null,
    value varchar not null,
    meaning varchar
);

comment on table meta.values is 'What each entry of a closed list means, for every column that holds one.';
comment on column meta.values.schema_name is 'Schema of the column.';
comment on column meta.values.table_name is 'Table of the column.';
comment on column meta.values.column_name is 'The column: meta.columns.column_name.';
comment on column meta.values.list_name is 'Name of the list; columns with the same list can be compared.';
comment on column meta.values.ordinal is 'Place in the list, from 0; an order of rank where there is one.';
comment on column meta.values.value is 'The entry as it stands in the column.';
comment on column meta.values.meaning is 'What it means; null where nobody has said it yet.';
