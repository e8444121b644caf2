-- One row per summary, reason and practice
-- After: mart/practice_claims, mart/adoptions, mart/practices_by_place, mart/articles, mart/linked_spans
-- Key: summary, reason, practice_id
-- Values: reason ExclusionReason

create or replace table mart.exclusions as
with left_out as (
    select
        'adoptions' as summary,
        c.left_out as reason,
        c.practice_id,
        c.article_id,
        c.start_char
    from mart.practice_claims as c
    where c.left_out is not null
    union all
    select
        'adoptions' as summary,
        'dropped' as reason,
        null as practice_id,
        m.article_id,
        m.start_char
    from core.practice_mentions as m
    where m.practice_id is null
    union all
    -- The row of an undated adoption stays in mart.adoptions; no curve or spread can hold it.
    select
        'practices_by_place' as summary,
        'place_without_code' as reason,
        a.practice_id,
        a.article_id,
        a.start_char
    from mart.adoptions as a
    where a.status in ('adopted', 'trial') and a.adcode is null
    union all
    select
        'practice_spread' as summary,
        case
            when p.is_generic then 'generic_name'
            when p.is_national then 'national_programme'
            when not p.is_own_report then 'superior_place'
            else 'undated'
        end as reason,
        p.practice_id,
        p.first_article_id as article_id,
        p.first_start_char as start_char
    from mart.practices_by_place as p
    where
        p.is_generic
        or p.is_national
        or not p.is_own_report
        or coalesce(p.adopted_earliest, p.adopted_latest) is null
    union all
    select
        'figures_by_place' as summary,
        'linked_span' as reason,
        null as practice_id,
        f.article_id,
        f.start_char
    from core.figures as f
    semi join mart.linked_spans as l
        on f.article_id = l.article_id and f.start_char >= l.start_char and f.start_char < l.end_char
    union all
    select
        'speakers' as summary,
        if(q.speaker is null, 'nameless', 'linked_span') as reason,
        null as practice_id,
        q.article_id,
        q.start_char
    from core.quotes as q
    left join mart.linked_spans as l
        on q.article_id = l.article_id and q.start_char >= l.start_char and q.start_char < l.end_char
    where q.speaker is null or l.article_id is not null
    union all
    select
        'terms_by_month' as summary,
        if(b.is_day_implausible, 'implausible_day', 'undated') as reason,
        null as practice_id,
        b.facts_article_id as article_id,
        0 as start_char
    from mart.articles as b
    where b.counted_on is null
),

mentions as (
    select distinct
        o.summary,
        o.reason,
        o.practice_id,
        o.article_id,
        o.start_char
    from left_out as o
),

counted as (
    select
        m.summary,
        m.reason,
        m.practice_id,
        count(*) filter (where b.article_id = b.facts_article_id) as mention_count,
        count(distinct b.article_id) as article_count,
        count(distinct b.story_id) as story_count,
        min(struct_pack(article_id := m.article_id, start_char := m.start_char)) as example
    from mentions as m
    inner join mart.articles as b on m.article_id = b.facts_article_id
    group by m.summary, m.reason, m.practice_id
)

select
    c.summary,
    c.reason,
    c.practice_id,
    p.name as practice_name,
    c.mention_count,
    c.article_count,
    c.story_count,
    c.example.article_id,
    c.example.start_char
from counted as c
left join core.practices as p on c.practice_id = p.practice_id
order by c.summary, c.reason, c.practice_id nulls first;

comment on table mart.exclusions is
'What the summaries leave out and why; mart.practice_claims has each mention of a practice with its reason.';
comment on column mart.exclusions.summary is 'Table of schema mart that leaves it out.';
comment on column mart.exclusions.reason is
'linked_span (another story''s), no_place, not_an_adoption, undated, implausible_day, superior_place (only named for
what lies in it), place_without_code, generic_name, national_programme, dropped (by overrides.csv) or nameless.';
comment on column mart.exclusions.practice_id is 'core.practices.practice_id; null where no practice is concerned.';
comment on column mart.exclusions.practice_name is
'Most usual spelling of the practice; null where no one practice is left out.';
comment on column mart.exclusions.mention_count is 'Mentions left out, in distinct texts; articles for terms_by_month.';
comment on column mart.exclusions.article_count is 'Articles they stand in, reprints included.';
comment on column mart.exclusions.story_count is 'Stories they stand in, reprints counted once.';
comment on column mart.exclusions.article_id is 'One of the articles.';
comment on column mart.exclusions.start_char is 'Offset of the mention in it; 0 for terms_by_month.';
