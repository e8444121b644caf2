-- One row per practice and place that followed the first
-- After: mart/practices_by_place, mart/place_ancestry

create or replace table mart.practice_spread as
with ranked as (
    select
        p.*,
        row_number() over w as place_rank
    from mart.practices_by_place as p
    where p.first_reported_on is not null
    -- On the same day the more specific place is the likelier origin: reports name it together with those above it.
    window w as (
        partition by p.practice_id
        order by
            p.first_reported_on asc,
            case p.level when 'county' then 0 when 'city' then 1 else 2 end asc,
            p.mention_count desc,
            p.adcode asc
    )
)

select
    f.practice_id,
    f.practice_name,
    f.kind,
    f.adcode as first_adcode,
    f.full_place_name as first_place_name,
    f.first_reported_on as first_place_reported_on,
    n.adcode,
    n.full_place_name,
    n.level,
    n.first_reported_on,
    row_number() over (partition by f.practice_id order by n.place_rank) as follower_rank,
    date_diff('day', f.first_reported_on, n.first_reported_on) as lag_days,
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
inner join ranked as n on f.practice_id = n.practice_id and n.place_rank > 1
left join mart.place_ancestry as a on n.adcode = a.adcode
left join mart.place_ancestry as b on f.adcode = b.adcode
-- One report that names two places tells no order between them.
where f.place_rank = 1 and n.first_article_id != f.first_article_id
order by f.practice_id, n.place_rank;

comment on table mart.practice_spread is
'From the first place reported with a practice to each later one: lag and relation; not for places of one same report.';
comment on column mart.practice_spread.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_spread.practice_name is 'Name of the practice.';
comment on column mart.practice_spread.kind is 'Kind of the practice.';
comment on column mart.practice_spread.first_adcode is
'First place: earliest report; on the same day the county before the city before the province.';
comment on column mart.practice_spread.first_place_name is 'Full name of the first place.';
comment on column mart.practice_spread.first_place_reported_on is 'Day of the first report from the first place.';
comment on column mart.practice_spread.adcode is 'The later place.';
comment on column mart.practice_spread.full_place_name is 'Full name of the later place.';
comment on column mart.practice_spread.level is 'Level of the later place.';
comment on column mart.practice_spread.first_reported_on is 'Day of the first report from the later place.';
comment on column mart.practice_spread.follower_rank is 'Order of the later places, 1 for the first to follow.';
comment on column mart.practice_spread.lag_days is 'Days from the first place''s first report to this place''s.';
comment on column mart.practice_spread.relation is
'What the later place is to the first: parent (lies above it), child (lies in it), sibling (one parent) or other.';
comment on column mart.practice_spread.is_same_province is 'True where both lie in the same province.';
comment on column mart.practice_spread.article_count is 'Articles that report the practice from the later place.';
comment on column mart.practice_spread.story_count is 'Stories that report it from there, reprints counted once.';
comment on column mart.practice_spread.first_article_id is
'Article with the first mention from the later place; with first_start_char the key of core.practice_mentions.';
comment on column mart.practice_spread.first_start_char is 'Offset of that mention.';
comment on column mart.practice_spread.first_place_article_id is 'Article with the first mention from the first place.';
comment on column mart.practice_spread.first_place_start_char is 'Offset of that mention.';
