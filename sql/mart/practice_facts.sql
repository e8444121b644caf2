-- One row per practice and figure or quotation that is linked with it
-- After: mart/linked_spans
-- Key: kind, practice_id, article_id, start_char
-- Part: article_id
-- Values: kind LinkedFact; link FactLink

create or replace table mart.practice_facts as
-- Only what is looked up is sorted with the sentences: rows with all columns take a third more time, and grow faster.
with mentions as (
    select
        m.article_id,
        m.start_char,
        m.practice_id,
        p.ordinal as paragraph,
        s.start_char as sentence_char
    from core.practice_mentions as m
    asof inner join core.paragraphs as p on m.article_id = p.article_id and m.start_char >= p.start_char
    asof inner join core.sentences as s on m.article_id = s.article_id and m.start_char >= s.start_char
    where m.practice_id is not null
),

told as (
    select
        'figure' as kind,
        f.article_id,
        f.start_char,
        f.start_char as end_char
    from core.figures as f
    union all
    select
        'quote' as kind,
        q.article_id,
        q.start_char,
        q.end_char
    from core.quotes as q
),

facts as (
    select
        t.*,
        p.ordinal as paragraph,
        s.start_char as sentence_char,
        s.end_char as sentence_end_char
    from told as t
    semi join mentions as m on t.article_id = m.article_id
    asof inner join core.paragraphs as p on t.article_id = p.article_id and t.start_char >= p.start_char
    asof inner join core.sentences as s on t.article_id = s.article_id and t.start_char >= s.start_char
    anti join mart.linked_spans as l
        on t.article_id = l.article_id and t.start_char >= l.start_char and t.start_char < l.end_char
),

-- A figure belongs to the practices of its sentence, a quotation to those it names.
closest as (
    select
        f.kind,
        m.practice_id,
        f.article_id,
        f.start_char,
        min(m.start_char) as mention_char
    from facts as f
    inner join mentions as m
        on
            f.article_id = m.article_id
            and if(
                f.kind = 'figure',
                f.sentence_char = m.sentence_char,
                f.start_char <= m.start_char and f.end_char > m.start_char
            )
    group by f.kind, m.practice_id, f.article_id, f.start_char
),

-- Else to the one named last before it in the paragraph.
linked as (
    select
        c.*,
        if(c.kind = 'figure', 'sentence', 'quote') as link
    from closest as c
    union all
    select
        f.kind,
        m.practice_id,
        f.article_id,
        f.start_char,
        m.start_char as mention_char,
        'paragraph' as link
    from facts as f
    anti join closest as c on f.kind = c.kind and f.article_id = c.article_id and f.start_char = c.start_char
    asof inner join mentions as m
        on f.article_id = m.article_id and f.paragraph = m.paragraph and f.start_char >= m.start_char
)

select
    k.kind,
    k.practice_id,
    k.article_id,
    k.start_char,
    k.link,
    k.mention_char,
    f.sentence_char,
    f.sentence_end_char
from linked as k
inner join facts as f on k.kind = f.kind and k.article_id = f.article_id and k.start_char = f.start_char
order by k.kind, k.practice_id, k.article_id, k.start_char;

comment on table mart.practice_facts is
'Which figures and quotations are linked with which practice, and by what: the evidence under practice_figures and
practice_quotes, before stories are counted.';
comment on column mart.practice_facts.kind is 'figure or quote: the table of schema core that holds the fact.';
comment on column mart.practice_facts.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_facts.article_id is 'Article; with start_char the key of the fact.';
comment on column mart.practice_facts.start_char is 'Offset of the fact.';
comment on column mart.practice_facts.link is
'sentence or quote (the practice is named in the sentence of the figure, or in the quotation) or paragraph (it is the
last named before, in the paragraph).';
comment on column mart.practice_facts.mention_char is 'Offset of the mention of the practice it is linked with.';
comment on column mart.practice_facts.sentence_char is 'Offset of the sentence in which the fact begins.';
comment on column mart.practice_facts.sentence_end_char is 'Offset after the last character of that sentence.';
