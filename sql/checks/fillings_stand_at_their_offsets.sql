-- One row per run of lost characters that is neither marked nor filled in where it says, or filled in without a repair

select
    l.article_id,
    l.start_char,
    l.end_char,
    l.restored,
    substring(a.text, l.start_char + 1, l.end_char - l.start_char) as found
from core.lost_runs as l
inner join core.articles as a on l.article_id = a.article_id
left join core.repairs as r
    on
        a.document_id = r.document_id
        and r.kind = 'twin'
        and l.block_ordinal = r.block_ordinal
        and l.block_start_char = r.start_char
        and l.restored = r.restored
where
    substring(a.text, l.start_char + 1, l.end_char - l.start_char)
    is distinct from coalesce(l.restored, repeat('□', (l.end_char - l.start_char)::integer))
    or (l.restored is not null and r.document_id is null)
