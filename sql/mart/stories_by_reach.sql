-- One row per story
-- After: mart/articles
-- Key: story_id
-- Part: story_id
-- Warning: Copies outside the sources are not counted.

create or replace table mart.stories_by_reach as
with byte_copies as (
    select
        b.story_id,
        count(distinct d.document_id) as byte_copy_count
    from core.documents as d
    inner join mart.articles as b on d.copy_of = b.document_id
    where d.status = 'copy'
    group by b.story_id
),

holders as (
    select
        l.story_id,
        count(distinct l.article_id) as roundup_count
    from core.story_links as l
    group by l.story_id
),

members as (
    select
        b.story_id,
        count(*) as article_count,
        count(distinct b.site) as site_count,
        count(*) filter (where b.role = 'reprint_credited') as credited_count,
        count(*) filter (where b.role = 'reprint_uncredited') as uncredited_count,
        count(*) filter (where b.role = 'mirror') as mirror_count,
        min(b.counted_on) as first_published_on,
        max(b.counted_on) as last_published_on,
        list(b.article_id order by b.position asc, b.article_id asc) as article_ids,
        list(b.site order by b.position asc, b.article_id asc) filter (where b.site is not null) as sites
    from mart.articles as b
    group by b.story_id
)

select
    s.story_id,
    c.title,
    coalesce(c.outlet, c.site) as original_outlet,
    c.site as original_site,
    c.uri as original_uri,
    m.first_published_on,
    m.last_published_on,
    date_diff('day', m.first_published_on, m.last_published_on) as span_days,
    m.article_count,
    m.article_count - 1 as copy_count,
    coalesce(y.byte_copy_count, 0) as byte_copy_count,
    coalesce(h.roundup_count, 0) as roundup_count,
    m.site_count,
    m.credited_count,
    m.uncredited_count,
    m.mirror_count,
    coalesce(m.sites, []) as sites,
    s.canonical_article_id,
    m.article_ids
from core.stories as s
inner join members as m on s.story_id = m.story_id
inner join mart.articles as c on s.canonical_article_id = c.article_id
left join byte_copies as y on s.story_id = y.story_id
left join holders as h on s.story_id = h.story_id
order by s.story_id;

comment on table mart.stories_by_reach is 'Copies, sites, first and last day of each story, and who printed it first.';
comment on column mart.stories_by_reach.story_id is 'core.stories.story_id: each row counts as one story.';
comment on column mart.stories_by_reach.title is 'Headline of the canonical article.';
comment on column mart.stories_by_reach.original_outlet is
'The outlet that the canonical page credits (来源), else the site it stands on; null where neither is known.';
comment on column mart.stories_by_reach.original_site is 'Site of the canonical article; null where unknown.';
comment on column mart.stories_by_reach.original_uri is 'Page of the canonical article.';
comment on column mart.stories_by_reach.first_published_on is
'Earliest day among its articles; null where none has one.';
comment on column mart.stories_by_reach.last_published_on is
'Latest day among its articles; null where none has a day.';
comment on column mart.stories_by_reach.span_days is 'Days between the two; null where no article has a day.';
comment on column mart.stories_by_reach.article_count is 'Articles that tell the story, the original included.';
comment on column mart.stories_by_reach.copy_count is 'Articles other than the original.';
comment on column mart.stories_by_reach.byte_copy_count is
'Further pages with the same bytes as a page of the story (status copy); they are not among the articles.';
comment on column mart.stories_by_reach.roundup_count is
'Round-up articles that hold the story whole without belonging to it.';
comment on column mart.stories_by_reach.site_count is 'Known sites among its articles.';
comment on column mart.stories_by_reach.credited_count is
'Articles that name where they took it from (来源), the canonical one too where it credits one that never came in.';
comment on column mart.stories_by_reach.uncredited_count is 'Reprints that do not.';
comment on column mart.stories_by_reach.mirror_count is 'Machine-made copies of a page.';
comment on column mart.stories_by_reach.sites is
'Sites in the order of the chain, one entry per article with a known site.';
comment on column mart.stories_by_reach.canonical_article_id is 'The original: core.articles.article_id.';
comment on column mart.stories_by_reach.article_ids is 'Its articles in the order of the chain.';
