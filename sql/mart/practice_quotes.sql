-- One row per practice and quotation on it, once per story
-- After: mart/texts, mart/practice_facts
-- Key: practice_id, article_id, start_char
-- Part: story_id
-- Values: link FactLink

create or replace table mart.practice_quotes as
with quoted as (
    select
        k.practice_id,
        k.article_id,
        k.start_char,
        k.link,
        k.mention_char,
        q.text,
        -- Who is only called by the post (某局相关负责人) is unnamed.
        nullif(q.speaker, q.speaker_role) as speaker,
        q.speaker_role,
        -- A copy changes a comma or a space; what was said is the same.
        regexp_replace(q.text, '[\s\pP]', '', 'g') as folded
    from mart.practice_facts as k
    inner join core.quotes as q on k.article_id = q.article_id and k.start_char = q.start_char
    where k.kind = 'quote'
),

counted as (
    select
        q.practice_id,
        t.story_id,
        q.speaker,
        q.folded,
        min(t.reported_on) as first_reported_on,
        sum(t.article_count)::bigint as article_count,
        min(struct_pack(
            reported_on := coalesce(t.reported_on, date '9999-12-31'),
            article_id := q.article_id,
            start_char := q.start_char,
            mention_char := q.mention_char,
            link := q.link,
            text := q.text,
            speaker_role := q.speaker_role
        )) as showing
    from quoted as q
    inner join mart.texts as t on q.article_id = t.article_id
    group by q.practice_id, t.story_id, q.speaker, q.folded
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
