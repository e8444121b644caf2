-- One row per summary table whose articles or stories do not add up to those of the core tables

with counts as (
    select
        (select count(*) from core.articles) as article_count,
        (select count(*) from core.stories) as story_count
),

sums as (
    select
        'articles' as table_name,
        count(*) as article_count,
        count(distinct b.story_id) as story_count
    from mart.articles as b
    union all
    select
        'articles_by_site_and_month' as table_name,
        coalesce(sum(b.article_count), 0) as article_count,
        null as story_count
    from mart.articles_by_site_and_month as b
    union all
    select
        'stories_by_reach' as table_name,
        coalesce(sum(b.article_count), 0) as article_count,
        count(*) as story_count
    from mart.stories_by_reach as b
)

select
    s.table_name,
    s.article_count as found_article_count,
    c.article_count,
    s.story_count as found_story_count,
    c.story_count
from sums as s
cross join counts as c
where s.article_count != c.article_count or s.story_count != c.story_count
