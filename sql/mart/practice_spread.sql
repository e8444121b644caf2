-- One row per practice, place of its first day and place that followed
-- After: mart/practice_followers
-- Key: practice_id, first_adcode, adcode
-- Part: practice_id
-- Values: kind PracticeKind; level DivisionLevel; precision StatedPrecision; basis AdoptionBasis
-- Values: relation SpreadRelation
-- Warning: A later place has not learned from an earlier one because it is later.

create or replace table mart.practice_spread as
select f.* -- noqa: AM04
from mart.practice_followers as f
where not f.is_generic and not f.is_national
order by f.practice_id, f.follower_rank, f.adcode, f.first_adcode;

comment on table mart.practice_spread is
'From the first places of a practice to each later one. Generic names and national programmes spread no policy:
mart.practice_followers has them too.';
comment on column mart.practice_spread.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_spread.practice_name is 'Most usual spelling of the practice.';
comment on column mart.practice_spread.kind is 'Kind of practice.';
comment on column mart.practice_spread.is_generic is 'True for a name of many unrelated things.';
comment on column mart.practice_spread.is_national is 'True for a programme of the whole country.';
comment on column mart.practice_spread.first_adcode is
'A place that nobody can show to be later than the first: all of these are listed.';
comment on column mart.practice_spread.first_place_name is 'Full name of that place.';
comment on column mart.practice_spread.first_place_adopted_on is 'Earliest day on which it can have begun there.';
comment on column mart.practice_spread.first_place_reported_on is 'First report from there.';
comment on column mart.practice_spread.first_place_count is 'Places that share the first day; each has a row.';
comment on column mart.practice_spread.adcode is 'Place that followed: core.places.adcode.';
comment on column mart.practice_spread.full_place_name is 'Full name of the place.';
comment on column mart.practice_spread.level is 'province, city or county.';
comment on column mart.practice_spread.adopted_on is
'Earliest day on which it can have begun there (adopted_earliest).';
comment on column mart.practice_spread.adopted_latest is 'Latest day on which it can have begun there.';
comment on column mart.practice_spread.precision is 'Precision of that: mart.adoptions.';
comment on column mart.practice_spread.basis is 'stated, reported or designated.';
comment on column mart.practice_spread.first_reported_on is 'First report from there.';
comment on column mart.practice_spread.follower_rank is
'1 for the places of the second day, and so on; places of one day share a rank.';
comment on column mart.practice_spread.lag_days is 'Days between the two earliest days.';
comment on column mart.practice_spread.reported_lag_days is
'Days between the first reports; negative where the follower was reported first.';
comment on column mart.practice_spread.relation is
'Of the follower to the first place: parent, child (both at any distance), sibling or other.';
comment on column mart.practice_spread.is_same_province is 'True where both lie in one province.';
comment on column mart.practice_spread.article_count is
'Articles on the practice at the later place, reprints included.';
comment on column mart.practice_spread.story_count is 'Stories on it, reprints counted once.';
comment on column mart.practice_spread.first_article_id is
'Article with the claim; with first_start_char the key of core.practice_mentions.';
comment on column mart.practice_spread.first_start_char is 'Offset of the claim.';
comment on column mart.practice_spread.first_place_article_id is 'Article with the claim of the first place.';
comment on column mart.practice_spread.first_place_start_char is 'Offset of that claim.';
