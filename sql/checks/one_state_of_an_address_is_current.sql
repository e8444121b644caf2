-- One row per page that is not superseded by another page of its address, however that is spelled

with named as (
    select
        d.document_id,
        d.uri,
        d.status,
        d.superseded_by,
        regexp_replace(
            regexp_replace(lower(d.uri), '[?#].*$', ''),
            '^https?://(www\.|m\.|wap\.|3g\.|mobile\.)?|/((index|default)\.[a-z]+)?$', '', 'g'
        ) as address
    from core.documents as d
)

select
    d.document_id,
    d.uri,
    d.superseded_by,
    o.uri as other_uri,
    o.status as other_status
from named as d
left join named as o on d.superseded_by = o.document_id
where
    d.superseded_by is not null
    and (
        o.document_id is null
        or o.document_id = d.document_id
        or o.address != d.address
        or o.status = 'superseded'
    )
