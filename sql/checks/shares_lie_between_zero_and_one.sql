-- One row per confidence, similarity or share outside 0 to 1

select
    'repairs' as table_name,
    r.document_id || '|' || r.ordinal as row_key,
    r.confidence as share
from core.repairs as r
where not r.confidence between 0 and 1
union all
select
    'story_articles' as table_name,
    s.article_id as row_key,
    s.similarity as share
from core.story_articles as s
where not s.similarity between 0 and 1
union all
select
    'story_links' as table_name,
    l.story_id || '|' || l.article_id as row_key,
    l.share
from core.story_links as l
where not l.share between 0 and 1
