-- One row per table or column of the core, mart and meta schemas without a comment

select
    t.schema_name,
    t.table_name,
    null as column_name
from duckdb_tables() as t
where
    t.database_name = current_database()
    and t.schema_name in ('core', 'mart', 'meta')
    and coalesce(t.comment, '') = ''
union all
select
    c.schema_name,
    c.table_name,
    c.column_name
from duckdb_columns() as c
where
    c.database_name = current_database()
    and c.schema_name in ('core', 'mart', 'meta')
    and coalesce(c.comment, '') = ''
