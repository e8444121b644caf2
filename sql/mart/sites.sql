-- One row per site key
-- Key: site_key

create or replace table mart.sites as
with printed_names as (
    select
        d.site_key,
        a.site,
        count(*) as article_count
    from core.articles as a
    inner join core.documents as d on a.document_id = d.document_id
    where a.site is not null
    group by d.site_key, a.site
),

usual_names as (
    select
        n.site_key,
        n.site
    from printed_names as n
    where n.site_key is not null
    qualify row_number() over (partition by n.site_key order by n.article_count desc, n.site asc) = 1
)

select
    d.site_key,
    coalesce(any_value(u.site), d.site_key) as site,
    count(*) as document_count,
    count(*) filter (where d.status = 'loaded') as loaded_count,
    count(*) filter (where d.status = 'copy') as copy_count,
    count(*) filter (where d.status = 'rejected') as rejected_count
from core.documents as d
left join usual_names as u on d.site_key = u.site_key
where d.site_key is not null
group by d.site_key
order by d.site_key;

comment on table mart.sites is
'Sites by the key that tells them apart, with the name they print and what came of their pages.';
comment on column mart.sites.site_key is 'Key of the site: core.documents.site_key.';
comment on column mart.sites.site is 'Name its pages print most often; the key itself where they print none.';
comment on column mart.sites.document_count is 'Pages of the site that came in.';
comment on column mart.sites.loaded_count is 'Pages whose articles are in the tables.';
comment on column mart.sites.copy_count is 'Pages with the same bytes as another page.';
comment on column mart.sites.rejected_count is 'Pages that were rejected.';
