-- One row per practice and organisation
-- After: mart/articles, mart/place_ancestry, mart/linked_spans
-- Key: practice_id, organization_name
-- Part: practice_id
-- Values: organization_kind BodyKind

create or replace table mart.organizations_by_practice as
with practices as (
    select distinct
        m.practice_id,
        m.article_id,
        s.start_char as sentence_char
    from core.practice_mentions as m
    asof join core.sentences as s on m.article_id = s.article_id and m.start_char >= s.start_char
    anti join mart.linked_spans as l
        on m.article_id = l.article_id and m.start_char >= l.start_char and m.start_char < l.end_char
    where m.practice_id is not null
),

organizations as (
    select
        m.name,
        m.kind,
        m.adcode,
        m.article_id,
        s.start_char as sentence_char,
        min(m.start_char) as start_char
    from core.organization_mentions as m
    asof join core.sentences as s on m.article_id = s.article_id and m.start_char >= s.start_char
    -- A body that is the practice itself, or called after it, is no partner in it.
    anti join core.practice_mentions as r
        on m.article_id = r.article_id and m.start_char < r.end_char and m.end_char > r.start_char
    group by m.name, m.kind, m.adcode, m.article_id, s.start_char
),

meetings as (
    select
        p.practice_id,
        o.name,
        o.kind,
        o.adcode,
        o.article_id,
        o.sentence_char,
        o.start_char,
        list(o.name) over (partition by p.practice_id, o.article_id, o.sentence_char) as names
    from practices as p
    inner join organizations as o on p.article_id = o.article_id and p.sentence_char = o.sentence_char
),

partners as (
    select
        q.practice_id,
        q.name,
        q.adcode,
        list_sort(list(distinct q.partner)) as partner_names
    from (
        select
            m.practice_id,
            m.name,
            m.adcode,
            unnest(m.names) as partner
        from meetings as m
    ) as q
    where q.partner != q.name
    group by q.practice_id, q.name, q.adcode
),

counted as (
    select
        m.practice_id,
        m.name,
        m.adcode,
        min(m.kind) as kind,
        count(distinct struct_pack(a := m.article_id, b := m.sentence_char)) as sentence_count,
        count(distinct b.article_id) as article_count,
        count(distinct b.story_id) as story_count,
        min(b.counted_on) as first_reported_on,
        list_sort(list(distinct b.story_id)) as story_ids,
        min(struct_pack(
            counted_on := coalesce(b.counted_on, date '9999-12-31'),
            article_id := m.article_id,
            start_char := m.start_char
        )) as first_mention
    from meetings as m
    inner join mart.articles as b on m.article_id = b.facts_article_id
    group by m.practice_id, m.name, m.adcode
)

select
    c.practice_id,
    p.name as practice_name,
    c.name as organization_name,
    c.kind as organization_kind,
    c.adcode,
    a.full_place_name,
    c.sentence_count,
    c.article_count,
    c.story_count,
    c.first_reported_on,
    coalesce(t.partner_names, []) as partner_names,
    c.first_mention.article_id,
    c.first_mention.start_char,
    c.story_ids
from counted as c
inner join core.practices as p on c.practice_id = p.practice_id
left join partners as t
    on c.practice_id = t.practice_id and c.name = t.name and c.adcode is not distinct from t.adcode
left join mart.place_ancestry as a on c.adcode = a.adcode
order by c.practice_id, c.name, c.adcode nulls last;

comment on table mart.organizations_by_practice is
'Which organisations act together on a practice: those named in one sentence with it, and with whom.';
comment on column mart.organizations_by_practice.practice_id is 'core.practices.practice_id.';
comment on column mart.organizations_by_practice.practice_name is 'Name of the practice.';
comment on column mart.organizations_by_practice.organization_name is 'Full form of the organisation''s name.';
comment on column mart.organizations_by_practice.organization_kind is
'party, government, enterprise, social, community and others.';
comment on column mart.organizations_by_practice.adcode is 'Place of the organisation; null where unknown.';
comment on column mart.organizations_by_practice.full_place_name is 'Full name of the place.';
comment on column mart.organizations_by_practice.sentence_count is 'Sentences of distinct texts that name both.';
comment on column mart.organizations_by_practice.article_count is 'Articles that hold them, reprints included.';
comment on column mart.organizations_by_practice.story_count is 'Stories that hold them, reprints counted once.';
comment on column mart.organizations_by_practice.first_reported_on is 'Day of the earliest article.';
comment on column mart.organizations_by_practice.partner_names is 'Other organisations named in the same sentences.';
comment on column mart.organizations_by_practice.article_id is
'Article of the earliest such mention; with start_char the key of core.organization_mentions.';
comment on column mart.organizations_by_practice.start_char is 'Offset of that mention.';
comment on column mart.organizations_by_practice.story_ids is 'All stories that hold such a sentence.';
