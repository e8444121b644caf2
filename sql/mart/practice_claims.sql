-- One row per mention of a practice, or designation as its pilot, and place it speaks of
-- After: mart/texts, mart/practice_names, mart/linked_spans, mart/place_ancestry
-- Key: source, practice_id, place_name, article_id, start_char
-- Part: story_id
-- Values: level PlaceLevel; status PracticeStatus; role ClaimRole; source ClaimSource
-- Values: stated_precision StatedPrecision; left_out ExclusionReason
-- Warning: Of 176 sentences written after the rules, 142 came out right in status, place and time (DECISIONS.md).

create or replace table mart.practice_claims as
with spoken as (
    select
        m.practice_id,
        p.place_name,
        p.adcode,
        p.level,
        m.status,
        p.role,
        m.article_id,
        m.start_char,
        'mention' as source,
        if(p.article_id is null, m.stated_on, p.stated_on) as stated_on,
        if(p.article_id is null, m.stated_until, p.stated_until) as stated_until,
        if(p.article_id is null, m.stated_precision, p.stated_precision) as stated_precision
    from core.practice_mentions as m
    left join core.practice_mention_places as p on m.article_id = p.article_id and m.start_char = p.start_char
    where m.practice_id is not null
    union all
    -- Who is named a pilot tries the practice from that day; who asks to be named one claims no more than that.
    select
        n.practice_id,
        d.place_name,
        d.adcode,
        case
            when d.place_name = a.full_place_name then a.level
            when regexp_matches(d.place_name, '村$') then 'village'
            when regexp_matches(d.place_name, '社区$') then 'community'
            when regexp_matches(d.place_name, '(?:镇|乡|街道)$') then 'township'
            else 'other'
        end as level,
        case d.status
            when 'designated' then 'trial'
            when 'refused' then 'denied'
            when 'revoked' then 'ended'
            else d.status
        end as status,
        'own' as role,
        d.article_id,
        d.start_char,
        'designation' as source,
        d.stated_on,
        d.stated_until,
        d.stated_precision
    from core.designations as d
    inner join mart.practice_names as n on d.article_id = n.article_id and d.practice_name = n.name
    left join mart.place_ancestry as a on d.adcode = a.adcode
),

linked as (
    select distinct
        m.article_id,
        m.start_char
    from spoken as m
    semi join mart.linked_spans as l
        on m.article_id = l.article_id and m.start_char >= l.start_char and m.start_char < l.end_char
),

claims as (
    select
        m.practice_id,
        m.place_name,
        m.adcode,
        m.level,
        m.status,
        m.role,
        m.article_id,
        m.start_char,
        m.source,
        t.story_id,
        t.reported_on,
        t.is_day_implausible,
        -- What is said to begin after the report is a plan, whatever the verb; an impossible day says nothing.
        case
            when m.stated_until < getvariable('first_day') then null
            when m.stated_on > coalesce(t.reported_on, date '9999-12-31') then null
            else m.stated_precision
        end as stated_precision,
        m.stated_on,
        m.stated_until,
        l.article_id is not null as is_linked
    from spoken as m
    inner join mart.texts as t on m.article_id = t.article_id
    left join linked as l on m.article_id = l.article_id and m.start_char = l.start_char
)

select
    c.practice_id,
    c.place_name,
    c.adcode,
    c.level,
    c.status,
    c.role,
    c.article_id,
    c.start_char,
    c.source,
    c.story_id,
    c.reported_on,
    if(c.stated_precision is null, null, c.stated_on) as stated_on,
    if(c.stated_precision is null, null, least(coalesce(c.stated_until, c.stated_on), c.reported_on)) as stated_until,
    c.stated_precision,
    case
        when c.is_linked then 'linked_span'
        when c.place_name is null then 'no_place'
        when c.status not in ('adopted', 'trial') then 'not_an_adoption'
        when c.reported_on is null and c.stated_precision is null
            then if(c.is_day_implausible, 'implausible_day', 'undated')
    end as left_out
from claims as c
order by c.article_id, c.start_char, c.place_name nulls last, c.practice_id, c.source;

comment on table mart.practice_claims is
'What each mention of a practice or designation claims of each place: the evidence under mart.adoptions,
with what is not counted.';
comment on column mart.practice_claims.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_claims.place_name is
'Full name of the place, as low as the text tells; null where it names none.';
comment on column mart.practice_claims.adcode is 'The place or the county it lies in: core.places.adcode.';
comment on column mart.practice_claims.level is
'province, city, county, township, community, village or other: the level of place_name.';
comment on column mart.practice_claims.status is
'What the sentence claims: adopted, trial, planned, proposed, applied, ended, denied, visited, promoted or general.';
comment on column mart.practice_claims.role is
'own, or superior where the place is named for what lies in it: core.practice_mention_places.role.';
comment on column mart.practice_claims.article_id is
'Article with the sentence; with start_char the key of the table that source names.';
comment on column mart.practice_claims.start_char is 'Offset of the mention.';
comment on column mart.practice_claims.source is
'mention (core.practice_mentions) or designation (core.designations): which table the key is of.';
comment on column mart.practice_claims.story_id is 'Story the article tells: each counts once.';
comment on column mart.practice_claims.reported_on is
'First day on which this text was published; null where no copy has a plausible day.';
comment on column mart.practice_claims.stated_on is
'Earliest day on which it can have begun by what the sentence says; null where it says nothing.';
comment on column mart.practice_claims.stated_until is
'Latest day on which it can have begun by what the sentence says, not after the report; null where it says nothing.';
comment on column mart.practice_claims.stated_precision is
'Precision of what the sentence says; null where it says nothing or what cannot be.';
comment on column mart.practice_claims.left_out is
'Why it is no adoption: linked_span, no_place, not_an_adoption, implausible_day, undated; null where it is one.';
