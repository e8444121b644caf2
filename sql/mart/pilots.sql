-- One row per place, practice, designation and story
-- After: mart/articles_by_story, mart/place_ancestry

create or replace table mart.pilots as
with sentences as (
    select
        s.article_id,
        s.start_char as sentence_char,
        s.end_char as sentence_end_char,
        substring(a.text, s.start_char + 1, s.end_char - s.start_char) as sentence
    from core.sentences as s
    inner join core.articles as a on s.article_id = a.article_id
    where contains(a.text, '试点') or contains(a.text, '示范')
),

-- 示范 counts only where it names a status (示范区, 示范点) that somebody gives: a level or a naming verb stands before it.
matched as (
    select
        s.*,
        regexp_extract(
            s.sentence,
            '([^，。；：！？\s]{0,30}?)'
            || '(试点|示范(?:区|县|市|州|镇|乡|村|街道|街区|社区|小区|片区|点|单位|基地|项目|工程|城市|园|院|站))',
            ['words_before', 'designation']
        ) as found
    from sentences as s
),

named as materialized (
    select
        m.article_id,
        m.sentence_char,
        m.sentence_end_char,
        m.sentence,
        m.found.designation,
        m.found.words_before || m.found.designation as phrase,
        m.sentence_char
        + instr(m.sentence, m.found.words_before || m.found.designation)
        + length(m.found.words_before) - 1 as designation_char
    from matched as m
    where
        m.found.designation != ''
        -- Neither the title of a paper nor a word about pilots in general (每个试点) names one.
        and not regexp_matches(m.found.words_before, '《[^》]*$|(?:每个|各个|各|所有|这些|那些|其他)$')
        and (
            m.found.designation = '试点'
            or regexp_matches(
                m.found.words_before,
                '全国|国家|全省|省级|全市|市级|全县|县级|全区|区级|首批|[一二三四五]批|'
                || '列为|列入|定为|确定|认定|评为|评选|命名|授予|授牌|入选|获评|荣获|成为|纳入|选为|作为|被'
            )
        )
),

practices_in_sentence as (
    select
        n.article_id,
        n.sentence_char,
        m.practice_id
    from named as n
    inner join core.practice_mentions as m
        on
            n.article_id = m.article_id
            and n.sentence_char <= m.start_char
            and n.sentence_end_char > m.start_char
    qualify row_number() over (
        partition by n.article_id, n.sentence_char
        order by abs(m.start_char - n.designation_char) asc, m.start_char asc
    ) = 1
),

places_in_sentence as (
    select distinct
        n.article_id,
        n.sentence_char,
        m.adcode
    from named as n
    inner join core.place_mentions as m
        on
            n.article_id = m.article_id
            and n.sentence_char <= m.start_char
            and n.sentence_end_char > m.start_char
    where m.adcode is not null
),

-- A place above another one of the sentence is where the designation comes from, not what is designated.
superior_places as (
    select distinct
        l.article_id,
        l.sentence_char,
        unnest([a.parent_adcode, a.grandparent_adcode]) as adcode
    from places_in_sentence as l
    inner join mart.place_ancestry as a on l.adcode = a.adcode
),

designated_places as (
    select l.*
    from places_in_sentence as l
    anti join superior_places as u
        on l.article_id = u.article_id and l.sentence_char = u.sentence_char and l.adcode = u.adcode
),

bodies as (
    select
        n.article_id,
        n.sentence_char,
        n.designation_char,
        m.name,
        m.kind,
        m.start_char,
        substring(a.text, m.start_char, 1) in ('被', '由', '经', '获') as is_agent
    from named as n
    inner join core.organization_mentions as m
        on
            n.article_id = m.article_id
            and n.sentence_char <= m.start_char
            and n.designation_char >= m.end_char
    inner join core.articles as a on n.article_id = a.article_id
),

organs as (
    select
        b.article_id,
        b.sentence_char,
        b.name
    from bodies as b
    where b.is_agent or b.kind in ('party', 'government')
    qualify row_number() over (
        partition by b.article_id, b.sentence_char order by b.is_agent desc, b.start_char asc
    ) = 1
),

days as (
    select
        n.article_id,
        n.sentence_char,
        arg_min(m.iso, m.start_char) as iso
    from named as n
    inner join core.dates as m
        on
            n.article_id = m.article_id
            and n.sentence_char <= m.start_char
            and n.sentence_end_char > m.start_char
    group by n.article_id, n.sentence_char
),

preceding_practices as (
    select
        n.article_id,
        n.sentence_char,
        m.practice_id,
        m.adcode
    from named as n
    asof join core.practice_mentions as m on n.article_id = m.article_id and n.sentence_end_char > m.start_char
    -- Further back than two sentences of usual length the link is a guess.
    where n.sentence_char - m.end_char <= 100
),

joined as (
    select
        n.*,
        coalesce(s.practice_id, r.practice_id) as practice_id,
        s.practice_id is not null as is_in_sentence,
        coalesce(l.adcode, r.adcode) as adcode,
        o.name as designated_by,
        d.iso as designated_at
    from named as n
    left join practices_in_sentence as s on n.article_id = s.article_id and n.sentence_char = s.sentence_char
    left join preceding_practices as r on n.article_id = r.article_id and n.sentence_char = r.sentence_char
    left join designated_places as l on n.article_id = l.article_id and n.sentence_char = l.sentence_char
    left join organs as o on n.article_id = o.article_id and n.sentence_char = o.sentence_char
    left join days as d on n.article_id = d.article_id and n.sentence_char = d.sentence_char
),

articles as (
    select
        b.facts_article_id as article_id,
        any_value(b.story_id) as story_id,
        min(b.counted_on) as reported_on,
        count(*) as article_count
    from mart.articles_by_story as b
    group by b.facts_article_id
)

select
    j.adcode,
    p.full_place_name,
    j.practice_id,
    r.name as practice_name,
    j.designation,
    j.phrase,
    case
        when regexp_matches(j.phrase, '全国|国家级|部级') then 'national'
        when regexp_matches(j.phrase, '全省|省级|自治区级') then 'province'
        when regexp_matches(j.phrase, '全市|市级|州级') then 'city'
        when regexp_matches(j.phrase, '全县|县级|全区|区级') then 'county'
        when regexp_matches(j.phrase, '国家|中央') then 'national'
        when regexp_matches(j.phrase, '省|自治区') then 'province'
    end as designation_level,
    j.designated_by,
    j.designated_at,
    a.reported_on,
    j.is_in_sentence,
    sum(a.article_count) over (
        partition by j.adcode, j.practice_id, j.designation, a.story_id
    )::bigint as article_count,
    j.sentence,
    a.story_id,
    j.article_id,
    j.designation_char as start_char
from joined as j
inner join articles as a on j.article_id = a.article_id
left join core.practices as r on j.practice_id = r.practice_id
left join mart.place_ancestry as p on j.adcode = p.adcode
where j.adcode is not null
qualify
    row_number() over (
        partition by j.adcode, j.practice_id, j.designation, a.story_id
        order by a.reported_on asc nulls last, j.article_id asc, j.designation_char asc
    ) = 1
order by j.adcode, j.practice_id nulls last, j.designation, a.story_id;

comment on table mart.pilots is
'Which places are named 试点 (pilot) or 示范 (model) for which practice, by whom, when, with the sentence.';
comment on column mart.pilots.adcode is
'The place: of the sentence the lowest ones, else the place of the practice; sentences without either are left out.';
comment on column mart.pilots.full_place_name is 'Full name of the place.';
comment on column mart.pilots.practice_id is
'core.practices.practice_id; null where the sentence and the one before it name no practice.';
comment on column mart.pilots.practice_name is 'Name of the practice.';
comment on column mart.pilots.designation is 'The word of the text: 试点, 示范区, 示范点 and the like.';
comment on column mart.pilots.phrase is 'The words around the designation.';
comment on column mart.pilots.designation_level is
'national, province, city or county where the phrase tells (全国, 省级, 全市); else null.';
comment on column mart.pilots.designated_by is

'Body named before the word: the one after 被, 由, 经 or 获, else the first of party or government; null without one.';
comment on column mart.pilots.designated_at is
'First date of the sentence as in core.dates.iso; null where there is none.';
comment on column mart.pilots.reported_on is 'Day of the earliest article of the story that says so.';
comment on column mart.pilots.is_in_sentence is
'True where the sentence itself names the practice, false where it was named just before or is unknown.';
comment on column mart.pilots.article_count is 'Articles of the story that say so, reprints included.';
comment on column mart.pilots.sentence is 'The sentence.';
comment on column mart.pilots.story_id is 'core.stories.story_id: each row counts as one story.';
comment on column mart.pilots.article_id is 'Article of the sentence: core.articles.article_id.';
comment on column mart.pilots.start_char is 'Offset of the designation in its text.';
