-- One row per practice, place of its first day and place that followed
-- After: mart/practices_by_place, mart/place_ancestry
-- Key: practice_id, first_adcode, adcode
-- Part: practice_id
-- Values: kind PracticeKind; level DivisionLevel; precision StatedPrecision; basis AdoptionBasis
-- Values: relation SpreadRelation
-- Warning: A later place has not learned from an earlier one because it is later.

create or replace table mart.practice_followers as
with dated as (
    select
        p.*,
        coalesce(p.adopted_earliest, p.adopted_latest) as adopted_on
    from mart.practices_by_place as p
    where p.is_own_report and coalesce(p.adopted_earliest, p.adopted_latest) is not null
),

-- Whoever cannot be shown to be later than the first is first too: a year, a month or one report tell no order within.
ranked as (
    select
        d.*,
        d.adopted_on <= min(coalesce(d.adopted_latest, d.adopted_on)) over w as is_first,
        dense_rank() over (partition by d.practice_id order by d.adopted_on asc) as day_rank
    from dated as d
    window w as (partition by d.practice_id)
)

select
    f.practice_id,
    f.practice_name,
    f.kind,
    f.is_generic,
    f.is_national,
    f.adcode as first_adcode,
    f.full_place_name as first_place_name,
    f.adopted_on as first_place_adopted_on,
    f.first_reported_on as first_place_reported_on,
    count(*) over (partition by n.practice_id, n.adcode) as first_place_count,
    n.adcode,
    n.full_place_name,
    n.level,
    n.adopted_on,
    n.adopted_latest,
    n.precision,
    n.basis,
    n.first_reported_on,
    dense_rank() over (partition by f.practice_id order by n.day_rank) as follower_rank,
    date_diff('day', f.adopted_on, n.adopted_on) as lag_days,
    date_diff('day', f.first_reported_on, n.first_reported_on) as reported_lag_days,
    case
        when n.adcode in (b.parent_adcode, b.grandparent_adcode) then 'parent'
        when f.adcode in (a.parent_adcode, a.grandparent_adcode) then 'child'
        when a.parent_adcode = b.parent_adcode or (a.level = 'province' and b.level = 'province') then 'sibling'
        else 'other'
    end as relation,
    coalesce(a.province_adcode = b.province_adcode, false) as is_same_province,
    n.article_count,
    n.story_count,
    n.first_article_id,
    n.first_start_char,
    f.first_article_id as first_place_article_id,
    f.first_start_char as first_place_start_char
from ranked as f
inner join ranked as n on f.practice_id = n.practice_id and not n.is_first
left join mart.place_ancestry as a on n.adcode = a.adcode
left join mart.place_ancestry as b on f.adcode = b.adcode
where f.is_first
order by f.practice_id, n.day_rank, n.adcode, f.adcode;

comment on table mart.practice_followers is
'From the first places of every practice to each later one, names of many unrelated things included.';
comment on column mart.practice_followers.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_followers.practice_name is 'Most usual spelling of the practice.';
comment on column mart.practice_followers.kind is 'Kind of practice.';
comment on column mart.practice_followers.is_generic is 'True for a name of many unrelated things.';
comment on column mart.practice_followers.is_national is 'True for a programme of the whole country.';
comment on column mart.practice_followers.first_adcode is
'A place that nobody can show to be later than the first: all of these are listed.';
comment on column mart.practice_followers.first_place_name is 'Full name of that place.';
comment on column mart.practice_followers.first_place_adopted_on is 'Earliest day on which it can have begun there.';
comment on column mart.practice_followers.first_place_reported_on is 'First report from there.';
comment on column mart.practice_followers.first_place_count is 'Places that share the first day; each has a row.';
comment on column mart.practice_followers.adcode is 'Place that followed: core.places.adcode.';
comment on column mart.practice_followers.full_place_name is 'Full name of the place.';
comment on column mart.practice_followers.level is 'province, city or county.';
comment on column mart.practice_followers.adopted_on is
'Earliest day on which it can have begun there (adopted_earliest).';
comment on column mart.practice_followers.adopted_latest is 'Latest day on which it can have begun there.';
comment on column mart.practice_followers.precision is 'Precision of that: mart.adoptions.';
comment on column mart.practice_followers.basis is 'stated, reported or designated.';
comment on column mart.practice_followers.first_reported_on is 'First report from there.';
comment on column mart.practice_followers.follower_rank is
'1 for the places of the second day, and so on; places of one day share a rank.';
comment on column mart.practice_followers.lag_days is 'Days between the two earliest days.';
comment on column mart.practice_followers.reported_lag_days is
'Days between the first reports; negative where the follower was reported first.';
comment on column mart.practice_followers.relation is
'Of the follower to the first place: parent, child (both at any distance), sibling or other.';
comment on column mart.practice_followers.is_same_province is 'True where both lie in one province.';
comment on column mart.practice_followers.article_count is
'Articles on the practice at the later place, reprints included.';
comment on column mart.practice_followers.story_count is 'Stories on it, reprints counted once.';
comment on column mart.practice_followers.first_article_id is
'Article with the claim; with first_start_char the key of core.practice_mentions.';
comment on column mart.practice_followers.first_start_char is 'Offset of the claim.';
comment on column mart.practice_followers.first_place_article_id is 'Article with the claim of the first place.';
comment on column mart.practice_followers.first_place_start_char is 'Offset of that claim.';
