-- One row per value that names a row of core.runs which does not exist

with named as (
    select distinct
        'run_stages.run_id' as column_name,
        r.run_id as id
    from core.run_stages as r
    where r.run_id is not null
)

select
    n.column_name,
    n.id
from named as n
anti join core.runs as k on n.id = k.run_id
