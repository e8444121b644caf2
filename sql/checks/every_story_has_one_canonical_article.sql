-- One row per story whose canonical article is missing, not its own or not alone, or whose articles are miscounted

with members as (
    select
        a.story_id,
        count(*) as article_count,
        count(*) filter (where a.relation = 'canonical') as canonical_count,
        min(a.article_id) filter (where a.relation = 'canonical') as canonical_article_id
    from core.story_articles as a
    group by a.story_id
)

select
    s.story_id,
    s.canonical_article_id,
    m.canonical_article_id as found_canonical_article_id,
    s.article_count,
    m.article_count as found_article_count
from core.stories as s
left join members as m on s.story_id = m.story_id
where
    m.story_id is null
    or m.canonical_count != 1
    or m.canonical_article_id != s.canonical_article_id
    or m.article_count != s.article_count
