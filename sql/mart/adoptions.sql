-- One row per practice and place at any level
-- After: mart/practice_claims, mart/articles, mart/place_ancestry
-- Key: practice_id, place_name
-- Part: practice_id
-- Values: kind PracticeKind; level PlaceLevel; status PracticeStatus; precision StatedPrecision
-- Values: basis AdoptionBasis
-- Warning: Where no source looks nothing is seen: no row is no sign that a place lacks the practice.
-- Warning: A day with the basis reported is that of the first report: the adoption can be years older.
-- Warning: Of 176 sentences written after the rules, 142 came out right in status, place and time (DECISIONS.md).
-- Warning confidence: A count of stories in another dress, not a measured probability.

create or replace table mart.adoptions as
with named as (
    select
        c.*,
        list_position(
            ['adopted', 'trial', 'ended', 'planned', 'applied', 'proposed', 'promoted', 'visited', 'denied', 'general'],
            c.status
        ) as status_rank,
        c.left_out is null or c.left_out in ('undated', 'implausible_day') as is_adoption
    from mart.practice_claims as c
    where c.place_name is not null and c.left_out is distinct from 'linked_span'
),

-- Where a text speaks of the place itself, those that only name it for what lies in it neither date nor count.
claims as (
    select n.* exclude (own_rank)
    from (
        select
            m.*,
            rank() over (
                partition by m.practice_id, m.place_name, m.is_adoption order by m.role = 'own' desc
            ) as own_rank
        from named as m
    ) as n
    where n.own_rank = 1
),

-- The strongest claim is what the row says; what other sentences say of the place is in mart.practice_claims.
places as (
    select
        c.practice_id,
        c.place_name,
        min(c.adcode) as adcode,
        min(c.level) as level,
        arg_min(c.status, c.status_rank) as status,
        min(c.status_rank) as status_rank,
        min(c.reported_on) filter (where c.is_adoption) as first_reported_on,
        max(c.reported_on) filter (where c.is_adoption) as last_at_work_on,
        max(c.stated_on) filter (where c.is_adoption) as last_start_on
    from claims as c
    group by c.practice_id, c.place_name
),

-- Adoptions count all their claims, whether as trial or in force; other rows those of their own status.
supporting as (
    select
        c.*,
        p.first_reported_on,
        -- A stated start after a day on which it was reported already cannot be the start.
        c.is_adoption
        and c.stated_precision is not null
        and coalesce(c.stated_on <= coalesce(p.first_reported_on, c.stated_on), true) as is_stated,
        least(c.stated_until, p.first_reported_on) as latest
    from claims as c
    inner join places as p on c.practice_id = p.practice_id and c.place_name = p.place_name
    where c.status_rank = p.status_rank or (p.status_rank <= 2 and c.status_rank <= 2)
),

-- Of several stated starts the one that is over first holds, then the narrowest.
dated as (
    select
        s.*,
        row_number() over (
            partition by s.practice_id, s.place_name
            order by
                s.is_stated desc,
                if(s.is_stated, s.latest, s.reported_on) asc nulls last,
                s.stated_on desc nulls last,
                s.role asc,
                s.status_rank asc,
                s.source desc,
                s.article_id asc,
                s.start_char asc
        ) as date_rank
    from supporting as s
),

counts as (
    select
        s.practice_id,
        s.place_name,
        count(*) filter (where b.article_id = b.facts_article_id) as mention_count,
        count(distinct b.article_id) as article_count,
        count(distinct b.story_id) as story_count,
        count(distinct b.story_id) filter (where s.role = 'own') as own_story_count,
        count(distinct b.site) as site_count,
        max(b.counted_on) as last_reported_on,
        list_sort(list(distinct b.story_id)) as story_ids
    from supporting as s
    inner join mart.articles as b on s.article_id = b.facts_article_id
    group by s.practice_id, s.place_name
),

-- What is reported at work after the report of an ending, or begins after its day, was taken up again.
endings as (
    select
        c.practice_id,
        c.place_name,
        max(coalesce(c.stated_on, c.reported_on)) as ended_on
    from claims as c
    inner join places as p on c.practice_id = p.practice_id and c.place_name = p.place_name
    where
        c.status = 'ended'
        and coalesce(c.reported_on >= p.last_at_work_on, true)
        and coalesce(coalesce(c.stated_on, c.reported_on) >= p.last_start_on, true)
    group by c.practice_id, c.place_name
)

select
    d.practice_id,
    r.name as practice_name,
    r.kind,
    d.place_name,
    p.adcode,
    p.level,
    a.city_name,
    a.province_name,
    p.status,
    case
        when d.is_stated then d.stated_on
        when d.is_adoption then d.reported_on
    end as adopted_earliest,
    case
        when d.is_stated then d.latest
        when d.is_adoption then d.reported_on
    end as adopted_latest,
    case
        when d.is_stated then d.stated_precision
        when d.is_adoption and d.reported_on is not null then 'day'
    end as precision,
    case
        when d.is_stated then 'stated'
        when d.is_adoption and d.reported_on is not null and d.source = 'designation' then 'designated'
        when d.is_adoption and d.reported_on is not null then 'reported'
    end as basis,
    p.first_reported_on,
    n.last_reported_on,
    e.ended_on,
    n.mention_count,
    n.article_count,
    n.story_count,
    n.site_count,
    n.own_story_count > 0 as is_own_report,
    -- Each further story that speaks of the place itself leaves two fifths of the doubt.
    round(if(n.own_story_count > 0, 1 - pow(0.4, n.own_story_count), 0.3), 2) as confidence,
    d.article_id,
    d.start_char,
    n.story_ids
from dated as d
inner join places as p on d.practice_id = p.practice_id and d.place_name = p.place_name
inner join counts as n on d.practice_id = n.practice_id and d.place_name = n.place_name
inner join core.practices as r on d.practice_id = r.practice_id
left join endings as e on d.practice_id = e.practice_id and d.place_name = e.place_name
left join mart.place_ancestry as a on p.adcode = a.adcode
where d.date_rank = 1
order by d.practice_id, d.place_name;

comment on table mart.adoptions is
'What is claimed of each practice and place. Only adopted and trial are adoptions; no row is a mere mention.';
comment on column mart.adoptions.practice_id is 'core.practices.practice_id.';
comment on column mart.adoptions.practice_name is 'Most usual spelling of the practice.';
comment on column mart.adoptions.kind is 'Kind of practice.';
comment on column mart.adoptions.place_name is 'Full name of the place, as low as the texts tell.';
comment on column mart.adoptions.adcode is 'The place, or the county it lies in: core.places.adcode.';
comment on column mart.adoptions.level is 'province, city, county, township, community, village or other.';
comment on column mart.adoptions.city_name is
'City of the place; null for provinces and for counties under a province.';
comment on column mart.adoptions.province_name is 'Province of the place.';
comment on column mart.adoptions.status is
'Strongest claim: adopted, trial, ended, planned, applied, proposed, promoted, visited, denied or general.';
comment on column mart.adoptions.adopted_earliest is
'Earliest day on which it can have begun here; null where no adoption is claimed or no day is known.';
comment on column mart.adoptions.adopted_latest is
'Latest day on which it can have begun here; null where adopted_earliest is, and no report has a day.';
comment on column mart.adoptions.precision is
'day, month, quarter, half_year, year, period or before: how exactly the texts tell; day for a day of report;
null without a day.';
comment on column mart.adoptions.basis is
'stated (a text says when it began), reported (day of the first report) or designated (day of being named
pilot); null without a day.';
comment on column mart.adoptions.first_reported_on is
'First report that it is at work here; null where no adoption is claimed, or no report has a day.';
comment on column mart.adoptions.last_reported_on is 'Last report; null where none has a day.';
comment on column mart.adoptions.ended_on is
'Day on which it ended, as stated, else as reported; null where no text says so, or it was at work again after that.';
comment on column mart.adoptions.mention_count is 'Mentions that support the row, in distinct texts.';
comment on column mart.adoptions.article_count is 'Articles that support it, reprints included.';
comment on column mart.adoptions.story_count is 'Stories that support it, reprints counted once.';
comment on column mart.adoptions.site_count is 'Sites that published them.';
comment on column mart.adoptions.is_own_report is
'False where the place is only ever named for a place in it: such rows enter no curve, spread or panel.';
comment on column mart.adoptions.confidence is
'From 0 to 1: 0.6 for one story that speaks of the place itself, rising with each further one; 0.3 without.';
comment on column mart.adoptions.article_id is
'Article of the sentence that shows it and its day: with start_char the key of core.practice_mentions, or of
core.designations where the basis is designated.';
comment on column mart.adoptions.start_char is 'Offset of the mention in that sentence.';
comment on column mart.adoptions.story_ids is 'All stories that support it: core.stories.story_id.';
