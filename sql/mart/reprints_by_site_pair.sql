-- One row per original site and copying site
-- After: mart/articles
-- Key: original_site, copying_site
-- Warning: The original is the earliest copy that is known: an earlier one may lie outside the sources.

create or replace table mart.reprints_by_site_pair as
with origins as (
    select
        c.article_id,
        c.story_id,
        c.site,
        c.outlet,
        c.role,
        if(c.role = 'original', coalesce(c.site, c.outlet), coalesce(c.outlet, c.site)) as original_site
    from core.stories as s
    inner join mart.articles as c on s.canonical_article_id = c.article_id
),

reprints as (
    select
        o.original_site,
        b.site as copying_site,
        b.article_id,
        b.story_id,
        b.role,
        b.lag_days
    from mart.articles as b
    inner join origins as o on b.story_id = o.story_id
    where b.article_id != o.article_id
    union all
    -- The earliest known version credits one that never came in: who was copied is known, how much later is not.
    select
        o.outlet as original_site,
        o.site as copying_site,
        o.article_id,
        o.story_id,
        o.role,
        null as lag_days
    from origins as o
    where o.role = 'reprint_credited' and o.outlet is distinct from o.site
)

select
    r.original_site,
    r.copying_site,
    r.original_site = r.copying_site as is_same_site,
    count(*) as article_count,
    count(distinct r.story_id) as story_count,
    count(*) filter (where r.role = 'reprint_credited') as credited_count,
    count(*) filter (where r.role = 'reprint_uncredited') as uncredited_count,
    count(*) filter (where r.role = 'mirror') as mirror_count,
    median(r.lag_days) as median_lag_days,
    min(r.lag_days) as shortest_lag_days,
    max(r.lag_days) as longest_lag_days,
    list_sort(list(distinct r.story_id)) as story_ids,
    min(r.article_id) as example_article_id
from reprints as r
group by r.original_site, r.copying_site
order by r.original_site nulls last, r.copying_site nulls last;

comment on table mart.reprints_by_site_pair is
'Who reprints whom, how often, with or without credit, and how much later.';
comment on column mart.reprints_by_site_pair.original_site is
'Site of the original; where it never came in, the outlet that the earliest version names (来源); null where unknown.';
comment on column mart.reprints_by_site_pair.copying_site is 'Site of the reprint; null where unknown.';
comment on column mart.reprints_by_site_pair.is_same_site is
'True where a site repeats itself; null where one of the two is unknown.';
comment on column mart.reprints_by_site_pair.article_count is
'Reprints: articles other than the original of their story.';
comment on column mart.reprints_by_site_pair.story_count is 'Stories that were reprinted.';
comment on column mart.reprints_by_site_pair.credited_count is 'Reprints that name where they took it from.';
comment on column mart.reprints_by_site_pair.uncredited_count is 'Reprints that do not.';
comment on column mart.reprints_by_site_pair.mirror_count is 'Machine-made copies of a page.';
comment on column mart.reprints_by_site_pair.median_lag_days is
'Median of the days after the earliest version, where both days are known; else null.';
comment on column mart.reprints_by_site_pair.shortest_lag_days is 'Least of these days; null where that is.';
comment on column mart.reprints_by_site_pair.longest_lag_days is 'Most of these days; null where that is.';
comment on column mart.reprints_by_site_pair.story_ids is 'The stories: core.stories.story_id.';
comment on column mart.reprints_by_site_pair.example_article_id is 'One of the reprints.';
