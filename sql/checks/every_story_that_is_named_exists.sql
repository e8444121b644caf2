-- One row per value that names a row of core.stories which does not exist

with named as (
    select distinct
        'story_articles.story_id' as column_name,
        r.story_id as id
    from core.story_articles as r
    where r.story_id is not null
    union all
    select distinct
        'story_links.story_id' as column_name,
        r.story_id as id
    from core.story_links as r
    where r.story_id is not null
)

select
    n.column_name,
    n.id
from named as n
anti join core.stories as k on n.id = k.story_id
