-- One row per document or run whose input did not end as exactly one of loaded, copy, superseded and rejected

with articles as (
    select distinct a.document_id
    from core.articles as a
),

-- A failure to extract facts is reported too, but leaves the page loaded.
rejections as (
    select distinct r.document_id
    from core.rejections as r
    where r.stage != 'extract'
)

select
    'document' as what,
    d.document_id as id,
    d.status || ' '
    || if(a.document_id is null, 'without articles, ', 'with articles, ')
    || if(r.document_id is null, 'without a rejection, ', 'with a rejection, ')
    || if(d.copy_of is null, 'copy of none, ', 'copy of ' || d.copy_of || ', ')
    || if(d.superseded_by is null, 'superseded by none', 'superseded by ' || d.superseded_by) as finding
from core.documents as d
left join articles as a on d.document_id = a.document_id
left join rejections as r on d.document_id = r.document_id
where
    (a.document_id is not null) != (d.status = 'loaded')
    or (r.document_id is not null) != (d.status = 'rejected')
    or (d.copy_of is not null) != (d.status = 'copy')
    or (d.superseded_by is not null) != (d.status = 'superseded')
union all
select
    'run' as what,
    r.run_id as id,
    format(
        '{} inputs, {} loaded, {} copies, {} rejected',
        r.input_count, r.loaded_count, r.copy_count, r.rejected_count
    ) as finding
from core.runs as r
where r.input_count != r.loaded_count + r.copy_count + r.rejected_count
