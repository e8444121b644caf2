-- One row per page that is not superseded by another page of its uri

select
    d.document_id,
    d.uri,
    d.superseded_by,
    o.uri as other_uri,
    o.status as other_status
from core.documents as d
left join core.documents as o on d.superseded_by = o.document_id
where
    d.superseded_by is not null
    and (
        o.document_id is null
        or o.document_id = d.document_id
        or o.uri != d.uri
        or o.status = 'superseded'
    )
