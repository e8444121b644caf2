-- One row per mention of a practice that core.practices does not hold

select
    m.article_id,
    m.start_char,
    m.name,
    m.practice_id
from core.practice_mentions as m
left join core.practices as p on m.practice_id = p.practice_id
where p.practice_id is null
