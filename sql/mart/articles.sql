-- One row per article
-- After: mart/sites, mart/posts, mart/linked_spans, mart/low_places
-- Key: article_id
-- Part: story_id
-- Values: relation StoryRelation; role StoryRole

create or replace table mart.articles as
with named_places as (
    select
        m.article_id,
        coalesce(m.adcode, w.adcode) as adcode,
        count(*) as mention_count,
        min(m.start_char) as first_char
    from core.place_mentions as m
    left join mart.low_places as w on m.adcode is null and m.place_name = w.place_name
    anti join mart.linked_spans as l
        on m.article_id = l.article_id and m.start_char >= l.start_char and m.start_char < l.end_char
    where coalesce(m.adcode, w.adcode) is not null
    group by m.article_id, coalesce(m.adcode, w.adcode)
),

lead_places as (
    select
        n.article_id,
        n.adcode
    from named_places as n
    qualify row_number() over (partition by n.article_id order by n.mention_count desc, n.first_char asc) = 1
),

named_lists as (
    select
        n.article_id,
        list(p.full_name order by n.mention_count desc, n.first_char asc) as place_names
    from named_places as n
    inner join core.places as p on n.adcode = p.adcode
    group by n.article_id
),

stated as (
    select
        f.article_id,
        'practice_mentions' as kind
    from core.practice_mentions as f
    union all
    select
        f.article_id,
        'figures' as kind
    from core.figures as f
    union all
    select
        f.article_id,
        'quotes' as kind
    from core.quotes as f
    union all
    select
        f.article_id,
        'person_mentions' as kind
    from core.person_mentions as f
    union all
    select
        f.article_id,
        'organization_mentions' as kind
    from core.organization_mentions as f
    union all
    select
        f.article_id,
        'document_mentions' as kind
    from core.document_mentions as f
),

counted as (
    select
        f.article_id,
        count_if(f.kind = 'practice_mentions') as practice_mention_count,
        count_if(f.kind = 'figures') as figure_count,
        count_if(f.kind = 'quotes') as quote_count,
        count_if(f.kind = 'person_mentions') as person_mention_count,
        count_if(f.kind = 'organization_mentions') as organization_mention_count,
        count_if(f.kind = 'document_mentions') as document_mention_count
    from stated as f
    group by f.article_id
),

lengths as (
    select
        w.article_id,
        sum(w.occurrence_count)::bigint as word_count
    from core.words as w
    group by w.article_id
),

-- Where nobody recorded the fetch, a page cannot be of a later day than the last run.
last_run as (
    select max((r.started_at at time zone 'Asia/Shanghai')::date) as ran_on
    from core.runs as r
),

placed as (
    select
        a.article_id,
        a.document_id,
        d.uri,
        a.title,
        coalesce(a.site, i.site) as site,
        a.outlet,
        a.published_on,
        coalesce((d.fetched_at at time zone 'Asia/Shanghai')::date, l.ran_on, date '9999-12-31') as known_on,
        coalesce(a.published_on, t.first_published_on) as claimed_on,
        s.story_id,
        s.relation,
        s.role,
        s.position,
        s.lag_days,
        a.char_count,
        a.is_complete,
        t.article_count as story_article_count,
        t.site_count as story_site_count,
        if(s.relation = 'exact', t.canonical_article_id, a.article_id) as facts_article_id
    from core.articles as a
    inner join core.documents as d on a.document_id = d.document_id
    inner join core.story_articles as s on a.article_id = s.article_id
    inner join core.stories as t on s.story_id = t.story_id
    left join mart.sites as i on d.site_key = i.site_key
    cross join last_run as l
),

-- A day before the first that the settings allow, or after the page was fetched, is a misprint: it dates nothing.
dated as (
    select
        p.*,
        if(p.claimed_on between getvariable('first_day') and p.known_on, p.claimed_on, null) as counted_on
    from placed as p
)

select
    p.article_id,
    p.document_id,
    p.uri,
    p.title,
    p.site,
    p.outlet,
    p.published_on,
    p.counted_on,
    p.claimed_on is not null and p.counted_on is null as is_day_implausible,
    year(p.counted_on)::integer as counted_year,
    date_trunc('month', p.counted_on)::date as counted_month,
    p.story_id,
    p.relation,
    p.role,
    p.position,
    p.lag_days,
    p.facts_article_id,
    l.adcode as lead_adcode,
    n.place_names[1] as lead_place_name,
    coalesce(n.place_names, []) as place_names,
    p.story_article_count,
    p.story_site_count,
    p.char_count,
    p.is_complete,
    coalesce(w.word_count, 0) as word_count,
    coalesce(c.practice_mention_count, 0) as practice_mention_count,
    coalesce(c.figure_count, 0) as figure_count,
    coalesce(c.quote_count, 0) as quote_count,
    coalesce(c.person_mention_count, 0) as person_mention_count,
    coalesce(c.organization_mention_count, 0) as organization_mention_count,
    coalesce(c.document_mention_count, 0) as document_mention_count,
    row_number() over (
        partition by p.story_id, date_trunc('month', p.counted_on) order by p.position asc, p.article_id asc
    ) = 1 as is_first_in_month
from dated as p
left join lead_places as l on p.facts_article_id = l.article_id
left join named_lists as n on p.facts_article_id = n.article_id
left join lengths as w on p.facts_article_id = w.article_id
left join counted as c on p.facts_article_id = c.article_id
order by p.article_id;

comment on table mart.articles is
'Every article with story, places, outlet and counts: the table one starts from, which all summaries join.';
comment on column mart.articles.article_id is 'core.articles.article_id.';
comment on column mart.articles.document_id is 'Page the article was found on: core.documents.document_id.';
comment on column mart.articles.uri is 'Name of that page.';
comment on column mart.articles.title is 'Headline of the article.';
comment on column mart.articles.site is
'Who published the page: as printed, else the usual name of its site; null where unknown.';
comment on column mart.articles.outlet is
'Who printed it first according to the page (来源); null where the page names none.';
comment on column mart.articles.published_on is
'Day of publication as printed on the page; null where it gives no day.';
comment on column mart.articles.counted_on is
'Day the article is counted under: its own, else the first day of its story; null where neither is plausible.';
comment on column mart.articles.is_day_implausible is
'True where the day is before the first of the settings or after the page was fetched: it is counted under no day.';
comment on column mart.articles.counted_year is 'Year of counted_on; null where that is.';
comment on column mart.articles.counted_month is 'First day of the month of counted_on; null where that is.';
comment on column mart.articles.story_id is 'core.stories.story_id.';
comment on column mart.articles.relation is 'Relation to the canonical article: core.story_articles.relation.';
comment on column mart.articles.role is 'original, reprint_credited, reprint_uncredited or mirror.';
comment on column mart.articles.position is 'Place in the chain of publication, 0 for the original.';
comment on column mart.articles.lag_days is
'Days after the canonical article; null where either day is unknown.';
comment on column mart.articles.facts_article_id is
'Article whose fact rows hold for this one: itself, or the canonical article where the text is exactly the same.';
comment on column mart.articles.lead_adcode is
'Place the article itself names most often (the first named wins a tie), towns and villages counted for their
county; null where it names none with a code.';
comment on column mart.articles.lead_place_name is 'Full name of that place; null where that is.';
comment on column mart.articles.place_names is
'Full names of the places with a code that the text names, itself or by a town in them, most often named first,
without those of linked spans.';
comment on column mart.articles.story_article_count is 'Articles of its story: core.stories.article_count.';
comment on column mart.articles.story_site_count is 'Sites that printed its story: core.stories.site_count.';
comment on column mart.articles.char_count is 'Characters of the text.';
comment on column mart.articles.is_complete is 'False where the text breaks off: core.articles.is_complete.';
comment on column mart.articles.practice_mention_count is 'Mentions of practices in the text: core.practice_mentions.';
comment on column mart.articles.figure_count is 'Quantities stated in the text: core.figures.';
comment on column mart.articles.quote_count is 'Quotations in the text: core.quotes.';
comment on column mart.articles.person_mention_count is 'Mentions of people in the text: core.person_mentions.';
comment on column mart.articles.organization_mention_count is
'Mentions of bodies in the text: core.organization_mentions.';
comment on column mart.articles.document_mention_count is
'Documents cited in the text: core.document_mentions.';
comment on column mart.articles.word_count is 'Words of the text that core.words counts.';
comment on column mart.articles.is_first_in_month is
'True for the first article of its story in the month: counting only these counts reprints once.';
