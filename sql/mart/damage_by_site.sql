-- One row per site
-- After: mart/sites, mart/articles
-- Key: site

create or replace table mart.damage_by_site as
with printed_sites as (
    select
        b.document_id,
        min(b.site) as site
    from mart.articles as b
    group by b.document_id
),

documents as (
    select
        d.document_id,
        d.status,
        d.lost_char_count,
        coalesce(p.site, i.site) as site
    from core.documents as d
    left join printed_sites as p on d.document_id = p.document_id
    left join mart.sites as i on d.site_key = i.site_key
),

pages as (
    select
        d.site,
        count(*) as document_count,
        count(*) filter (where d.status = 'loaded') as loaded_count,
        count(*) filter (where d.status = 'copy') as copy_count,
        count(*) filter (where d.status = 'rejected') as rejected_count,
        coalesce(sum(d.lost_char_count), 0)::bigint as lost_char_count
    from documents as d
    group by d.site
),

articles as (
    select
        d.site,
        count(*) as article_count,
        count(distinct b.story_id) as story_count
    from mart.articles as b
    inner join documents as d on b.document_id = d.document_id
    group by d.site
),

repairs_of_kind as (
    select
        d.site,
        r.kind,
        count(*) as repair_count,
        count(*) filter (where r.confidence < 0.9) as doubtful_count,
        count(distinct r.document_id) as document_count,
        min(r.document_id) as example_document_id
    from core.repairs as r
    inner join documents as d on r.document_id = d.document_id
    group by d.site, r.kind
),

repairs as (
    select
        k.site,
        sum(k.repair_count)::bigint as repair_count,
        sum(k.doubtful_count)::bigint as doubtful_repair_count,
        map_from_entries(list((k.kind, k.repair_count) order by k.kind)) as repairs_by_kind,
        min(k.example_document_id) as example_document_id
    from repairs_of_kind as k
    group by k.site
),

characters as (
    select
        d.site,
        sum(b.char_count)::bigint as char_count,
        coalesce(sum(b.char_count) filter (where b.kind in ('removed', 'repeated')), 0)::bigint as removed_char_count
    from core.blocks as b
    inner join documents as d on b.document_id = d.document_id
    group by d.site
)

select
    p.site,
    p.document_count,
    p.loaded_count,
    p.copy_count,
    p.rejected_count,
    coalesce(a.article_count, 0) as article_count,
    coalesce(a.story_count, 0) as story_count,
    coalesce(r.repair_count, 0) as repair_count,
    coalesce(r.doubtful_repair_count, 0) as doubtful_repair_count,
    coalesce(r.repairs_by_kind, map([]::varchar[], []::bigint[])) as repairs_by_kind,
    coalesce(c.char_count, 0) as char_count,
    coalesce(c.removed_char_count, 0) as removed_char_count,
    round(c.removed_char_count / nullif(c.char_count, 0), 4) as removed_share,
    p.lost_char_count,
    r.example_document_id
from pages as p
left join articles as a on p.site is not distinct from a.site
left join repairs as r on p.site is not distinct from r.site
left join characters as c on p.site is not distinct from c.site
order by p.site nulls last;

comment on table mart.damage_by_site is
'Repairs by kind, removed share and characters lost, per site: how far its texts can be trusted.';
comment on column mart.damage_by_site.site is 'Who published the pages; null where unknown.';
comment on column mart.damage_by_site.document_count is 'Pages of the site that came in.';
comment on column mart.damage_by_site.loaded_count is 'Pages whose articles are in the tables.';
comment on column mart.damage_by_site.copy_count is 'Pages with the same bytes as another page.';
comment on column mart.damage_by_site.rejected_count is 'Pages that were rejected.';
comment on column mart.damage_by_site.article_count is 'Articles found on the pages.';
comment on column mart.damage_by_site.story_count is 'Stories they tell, reprints counted once.';
comment on column mart.damage_by_site.repair_count is 'Repairs made on the pages.';
comment on column mart.damage_by_site.doubtful_repair_count is 'Repairs with a confidence below 0.9.';
comment on column mart.damage_by_site.repairs_by_kind is 'Repairs of each kind, e.g. repairs_by_kind[''pinyin''].';
comment on column mart.damage_by_site.char_count is 'Visible characters of the pages, white space not counted.';
comment on column mart.damage_by_site.removed_char_count is 'Characters in removed or repeated blocks.';
comment on column mart.damage_by_site.removed_share is
'Share of the visible characters that was removed, from 0 to 1; null without any.';
comment on column mart.damage_by_site.lost_char_count is 'Characters that nothing could restore (□).';
comment on column mart.damage_by_site.example_document_id is 'A page with repairs: core.repairs.document_id.';
