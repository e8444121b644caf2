-- One row per loaded text dump whose characters are not all in its blocks, or whose blocks count other characters

with accounts as (
    select
        b.document_id,
        sum(b.char_count) as char_count,
        sum(b.char_count) filter (where b.kind in ('heading', 'paragraph')) as body_char_count
    from core.blocks as b
    group by b.document_id
),

bodies as (
    select
        a.document_id,
        sum(length(regexp_replace(a.text, '\s', '', 'g'))) as char_count
    from core.articles as a
    group by a.document_id
)

select
    d.document_id,
    d.uri,
    d.char_count,
    a.char_count as block_char_count,
    a.body_char_count,
    b.char_count as text_char_count
from core.documents as d
left join accounts as a on d.document_id = a.document_id
left join bodies as b on d.document_id = b.document_id
where
    d.status = 'loaded'
    and d.media_type = 'text/plain'
    and (
        d.char_count is distinct from a.char_count
        or a.body_char_count is distinct from b.char_count
    )
