-- One row per doubtful run that does not stand where it says, or that a twin settled without a repair

select
    d.article_id,
    d.start_char,
    d.end_char,
    coalesce(d.restored, d.printed) as expected,
    substring(a.text, d.start_char + 1, d.end_char - d.start_char) as found
from core.doubtful_runs as d
inner join core.articles as a on d.article_id = a.article_id
left join core.repairs as r
    on
        a.document_id = r.document_id
        and r.kind = 'twin'
        and d.block_ordinal = r.block_ordinal
        and d.block_start_char = r.start_char
        and d.printed = r.damaged
        and d.restored = r.restored
where
    substring(a.text, d.start_char + 1, d.end_char - d.start_char) is distinct from coalesce(d.restored, d.printed)
    or (d.restored is not null and r.document_id is null)
