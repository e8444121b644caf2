-- One row per article that is in no story or in more than one

select
    a.article_id,
    count(s.story_id) as story_count
from core.articles as a
left join core.story_articles as s on a.article_id = s.article_id
group by a.article_id
having count(s.story_id) != 1
