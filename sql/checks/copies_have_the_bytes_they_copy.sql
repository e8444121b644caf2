-- One row per copy that does not name a loaded page with the same bytes or the same articles

select
    d.document_id,
    d.copy_of,
    o.status,
    d.content_sha256,
    o.content_sha256 as other_sha256
from core.documents as d
left join core.documents as o on d.copy_of = o.document_id
where
    d.copy_of is not null
    and (
        o.document_id is null
        or o.status != 'loaded'
        or (o.content_sha256 != d.content_sha256 and (d.article_digest is null or o.article_digest != d.article_digest))
    )
