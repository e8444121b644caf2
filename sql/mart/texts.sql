-- One row per text that facts are read from
-- After: mart/articles
-- Key: article_id
-- Part: story_id

create or replace table mart.texts as
select
    b.facts_article_id as article_id,
    any_value(b.story_id) as story_id,
    min(b.counted_on) as reported_on,
    count(*) as article_count,
    bool_or(b.is_day_implausible) as is_day_implausible
from mart.articles as b
group by b.facts_article_id
order by b.facts_article_id;

comment on table mart.texts is
'The distinct texts: each with its story, the first day on which an article prints it, and how many do.';
comment on column mart.texts.article_id is
'Article whose facts are those of the text: core.articles.article_id, never one whose relation is exact.';
comment on column mart.texts.story_id is 'core.stories.story_id.';
comment on column mart.texts.reported_on is 'First day of an article with the text; null where none has a day.';
comment on column mart.texts.article_count is 'Articles with the text, exact copies included.';
comment on column mart.texts.is_day_implausible is
'True where an article with the text has a day that is counted as none.';
