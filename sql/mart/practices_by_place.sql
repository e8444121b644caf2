-- One row per practice and province, city or county
-- After: mart/adoptions, mart/practice_claims, mart/articles, mart/place_ancestry
-- Key: practice_id, adcode
-- Part: practice_id
-- Values: kind PracticeKind; level DivisionLevel; status PracticeStatus; precision StatedPrecision
-- Values: basis AdoptionBasis
-- Warning: Where no source looks nothing is seen: no row is no sign that a place lacks the practice.
-- Warning confidence: A count of stories in another dress, not a measured probability.

create or replace table mart.practices_by_place as
with units as (
    select
        a.practice_id,
        a.adcode,
        min(a.adopted_earliest) as adopted_earliest,
        min(a.adopted_latest) as adopted_latest,
        min(a.first_reported_on) as first_reported_on,
        max(a.last_reported_on) as last_reported_on,
        -- It has ended where no part of the place goes on with it.
        if(count(*) = count(a.ended_on), max(a.ended_on), null) as ended_on,
        bool_or(a.is_own_report) as is_own_report,
        min(a.status) as status,
        max(a.confidence) as confidence,
        list_sort(list_distinct(flatten(list(a.story_ids)))) as story_ids,
        list(a.place_name order by a.adopted_latest asc nulls last, a.place_name asc) as place_names,
        first(
            struct_pack(
                precision := a.precision,
                basis := a.basis,
                article_id := a.article_id,
                start_char := a.start_char
            )
            order by
                a.adopted_earliest asc nulls last,
                a.adopted_latest asc nulls last,
                a.is_own_report desc,
                a.mention_count desc,
                a.place_name asc
        ) as showing
    from mart.adoptions as a
    where a.status in ('adopted', 'trial') and a.adcode is not null
    group by a.practice_id, a.adcode
),

counts as (
    select
        c.practice_id,
        c.adcode,
        count(distinct struct_pack(a := c.article_id, b := c.start_char)) as mention_count,
        count(distinct b.article_id) as article_count,
        count(distinct b.site) as site_count
    from mart.practice_claims as c
    inner join mart.articles as b on c.article_id = b.facts_article_id
    where c.left_out is null or c.left_out in ('undated', 'implausible_day')
    group by c.practice_id, c.adcode
)

select
    u.practice_id,
    p.name as practice_name,
    p.kind,
    p.is_generic,
    p.is_national,
    u.adcode,
    a.full_place_name,
    a.level,
    a.city_name,
    a.province_name,
    u.status,
    u.adopted_earliest,
    u.adopted_latest,
    u.showing.precision,
    u.showing.basis,
    u.first_reported_on,
    u.last_reported_on,
    u.ended_on,
    n.mention_count,
    n.article_count,
    len(u.story_ids) as story_count,
    n.site_count,
    u.is_own_report,
    u.confidence,
    u.place_names,
    u.showing.article_id as first_article_id,
    u.showing.start_char as first_start_char,
    u.story_ids
from units as u
inner join core.practices as p on u.practice_id = p.practice_id
inner join counts as n on u.practice_id = n.practice_id and u.adcode = n.adcode
left join mart.place_ancestry as a on u.adcode = a.adcode
order by u.practice_id, u.adcode;

comment on table mart.practices_by_place is
'Which named practices are at work in which place. What is adopted in a township or village counts for its county;
cities and provinces only for themselves.';
comment on column mart.practices_by_place.practice_id is 'core.practices.practice_id.';
comment on column mart.practices_by_place.practice_name is 'Most usual spelling of the practice.';
comment on column mart.practices_by_place.kind is 'Kind of practice.';
comment on column mart.practices_by_place.is_generic is 'True for a name of many unrelated things: core.practices.';
comment on column mart.practices_by_place.is_national is 'True for a programme of the whole country: core.practices.';
comment on column mart.practices_by_place.adcode is 'The place: core.places.adcode.';
comment on column mart.practices_by_place.full_place_name is 'Full name of the place.';
comment on column mart.practices_by_place.level is 'province, city or county.';
comment on column mart.practices_by_place.city_name is 'City of the place; null for provinces.';
comment on column mart.practices_by_place.province_name is 'Province of the place.';
comment on column mart.practices_by_place.status is 'adopted, or trial where nothing says more.';
comment on column mart.practices_by_place.adopted_earliest is
'Earliest day on which it can have begun here; null where no day is known.';
comment on column mart.practices_by_place.adopted_latest is
'Latest day on which it can have begun here; null where no day is known.';
comment on column mart.practices_by_place.precision is
'Precision of adopted_earliest: mart.adoptions; null without a day.';
comment on column mart.practices_by_place.basis is
'stated, reported or designated: where adopted_earliest comes from; null without a day.';
comment on column mart.practices_by_place.first_reported_on is
'Day of the first report of it at work here; null where no article has a day.';
comment on column mart.practices_by_place.last_reported_on is 'Day of the last such report; null where none has a day.';
comment on column mart.practices_by_place.ended_on is
'Day on which it ended in every part of the place; null where not.';
comment on column mart.practices_by_place.mention_count is 'Mentions that claim it, in distinct texts.';
comment on column mart.practices_by_place.article_count is 'Articles that claim it, reprints included.';
comment on column mart.practices_by_place.story_count is 'Stories that claim it, reprints counted once.';
comment on column mart.practices_by_place.site_count is 'Sites that published them.';
comment on column mart.practices_by_place.is_own_report is
'False where the place is only named for a place in it: such rows enter no curve, spread or panel.';
comment on column mart.practices_by_place.confidence is 'Highest confidence among its places: mart.adoptions.';
comment on column mart.practices_by_place.place_names is 'The places in it that adopted: mart.adoptions.place_name.';
comment on column mart.practices_by_place.first_article_id is
'Article with the earliest claim; with first_start_char the key of core.practice_mentions.';
comment on column mart.practices_by_place.first_start_char is 'Offset of that claim.';
comment on column mart.practices_by_place.story_ids is 'All stories that claim it: core.stories.story_id.';
