-- One row per value that names a row of core.documents which does not exist

with named as (
    select distinct
        'articles.document_id' as column_name,
        r.document_id as id
    from core.articles as r
    where r.document_id is not null
    union all
    select distinct
        'repairs.document_id' as column_name,
        r.document_id as id
    from core.repairs as r
    where r.document_id is not null
    union all
    select distinct
        'removed_blocks.document_id' as column_name,
        r.document_id as id
    from core.removed_blocks as r
    where r.document_id is not null
    union all
    select distinct
        'blocks.document_id' as column_name,
        r.document_id as id
    from core.blocks as r
    where r.document_id is not null
    union all
    select distinct
        'rejections.document_id' as column_name,
        r.document_id as id
    from core.rejections as r
    where r.document_id is not null
)

select
    n.column_name,
    n.id
from named as n
anti join core.documents as k on n.id = k.document_id
