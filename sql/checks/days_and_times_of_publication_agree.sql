-- One row per article whose moment of publication falls on another day in Asia/Shanghai than its day

select
    a.article_id,
    a.published_at,
    a.published_on
from core.articles as a
where
    a.published_at is not null
    and a.published_on is distinct from (a.published_at at time zone 'Asia/Shanghai')::date
