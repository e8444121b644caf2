-- One row per practice and quotation on it, once per story
-- After: mart/articles, mart/linked_spans
-- Key: practice_id, article_id, start_char
-- Values: link FactLink

create or replace table mart.practice_quotes as
with told as (
    select distinct m.article_id
    from core.practice_mentions as m
    where m.practice_id is not null
),

quotes as (
    select
        q.*,
        -- A copy changes a comma or a space; what was said is the same.
        regexp_replace(q.text, '[\s\pP]', '', 'g') as folded,
        p.ordinal as paragraph
    from core.quotes as q
    semi join told as t on q.article_id = t.article_id
    asof inner join core.paragraphs as p on q.article_id = p.article_id and q.start_char >= p.start_char
    anti join mart.linked_spans as l
        on q.article_id = l.article_id and q.start_char >= l.start_char and q.start_char < l.end_char
),

mentions as (
    select
        m.article_id,
        m.start_char,
        m.practice_id,
        p.ordinal as paragraph
    from core.practice_mentions as m
    asof inner join core.paragraphs as p on m.article_id = p.article_id and m.start_char >= p.start_char
    where m.practice_id is not null
),

within_quote as (
    select
        q.article_id,
        q.start_char,
        m.practice_id,
        'quote' as link,
        min(m.start_char) as mention_char
    from quotes as q
    inner join mentions as m
        on q.article_id = m.article_id and q.start_char <= m.start_char and q.end_char > m.start_char
    group by q.article_id, q.start_char, m.practice_id
),

same_paragraph as (
    select
        q.article_id,
        q.start_char,
        m.practice_id,
        'paragraph' as link,
        m.start_char as mention_char
    from quotes as q
    anti join within_quote as w on q.article_id = w.article_id and q.start_char = w.start_char
    asof inner join mentions as m
        on q.article_id = m.article_id and q.paragraph = m.paragraph and q.start_char >= m.start_char
),

linked as (
    select * from within_quote
    union all
    select * from same_paragraph
),

texts as (
    select
        b.facts_article_id as article_id,
        any_value(b.story_id) as story_id,
        min(b.counted_on) as reported_on,
        count(*) as article_count
    from mart.articles as b
    group by b.facts_article_id
),

counted as (
    select
        k.practice_id,
        t.story_id,
        q.speaker,
        q.folded,
        min(t.reported_on) as first_reported_on,
        sum(t.article_count)::bigint as article_count,
        min(struct_pack(
            reported_on := coalesce(t.reported_on, date '9999-12-31'),
            article_id := q.article_id,
            start_char := q.start_char,
            mention_char := k.mention_char,
            link := k.link,
            text := q.text,
            speaker_role := q.speaker_role
        )) as showing
    from linked as k
    inner join quotes as q on k.article_id = q.article_id and k.start_char = q.start_char
    inner join texts as t on k.article_id = t.article_id
    group by k.practice_id, t.story_id, q.speaker, q.folded
)

select
    c.practice_id,
    p.name as practice_name,
    c.showing.link,
    c.showing.text,
    c.speaker,
    c.showing.speaker_role,
    c.first_reported_on,
    c.article_count,
    c.story_id,
    c.showing.article_id,
    c.showing.start_char,
    c.showing.mention_char
from counted as c
inner join core.practices as p on c.practice_id = p.practice_id
order by
    c.practice_id, c.first_reported_on nulls last, c.story_id, c.showing.article_id, c.showing.start_char;

comment on table mart.practice_quotes is
'The quotations on a practice: those that name it, else those behind its mention in the paragraph; once per story.';
comment on column mart.practice_quotes.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_quotes.practice_name is 'Most usual spelling of the practice.';
comment on column mart.practice_quotes.link is
'quote (the quotation names the practice) or paragraph (it is the last named before, in the paragraph).';
comment on column mart.practice_quotes.text is 'What is quoted, without the marks.';
comment on column mart.practice_quotes.speaker is 'Who said it; null where unnamed.';
comment on column mart.practice_quotes.speaker_role is 'Post or description as printed with it.';
comment on column mart.practice_quotes.first_reported_on is 'First day on which the story prints it.';
comment on column mart.practice_quotes.article_count is 'Articles of the story that print it, reprints included.';
comment on column mart.practice_quotes.story_id is 'core.stories.story_id.';
comment on column mart.practice_quotes.article_id is 'Article; with start_char the key of core.quotes.';
comment on column mart.practice_quotes.start_char is 'Offset of the quotation.';
comment on column mart.practice_quotes.mention_char is 'Offset of the mention of the practice it is linked with.';
