-- One row per site and month
-- After: mart/articles
-- Key: site, month
-- Part: site, month

create or replace table mart.articles_by_site_and_month as
select
    b.site,
    b.counted_month as month,
    count(*) as article_count,
    count(distinct b.story_id) as story_count,
    count(*) filter (where b.role = 'original') as original_count,
    count(*) filter (where b.role != 'original') as reprint_count,
    count(distinct b.document_id) as document_count,
    sum(a.char_count)::bigint as char_count,
    count(*) filter (where not a.is_complete) as incomplete_count,
    count(*) filter (where b.published_on is null) as undated_count,
    min(b.article_id) as example_article_id
from mart.articles as b
inner join core.articles as a on b.article_id = a.article_id
group by b.site, b.counted_month
order by b.site nulls last, b.counted_month nulls last;

comment on table mart.articles_by_site_and_month is
'The corpus at a glance: what each site published in each month. mart.articles leads on to the articles.';
comment on column mart.articles_by_site_and_month.site is 'Who published the pages; null where unknown.';
comment on column mart.articles_by_site_and_month.month is 'First day of the month; null for articles without a day.';
comment on column mart.articles_by_site_and_month.article_count is 'Articles, reprints included.';
comment on column mart.articles_by_site_and_month.story_count is 'Stories, reprints counted once.';
comment on column mart.articles_by_site_and_month.original_count is 'Articles that are the original of their story.';
comment on column mart.articles_by_site_and_month.reprint_count is 'Articles taken from elsewhere.';
comment on column mart.articles_by_site_and_month.document_count is 'Pages they stand on.';
comment on column mart.articles_by_site_and_month.char_count is 'Characters of their texts.';
comment on column mart.articles_by_site_and_month.incomplete_count is 'Articles with visibly lost text.';
comment on column mart.articles_by_site_and_month.undated_count is
'Articles without a day of their own, counted under their story''s first day.';
comment on column mart.articles_by_site_and_month.example_article_id is 'One of the articles.';
