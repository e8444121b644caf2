-- sentence_of(of_article_id, at_char): the sentence of the article that holds the character at the offset

create or replace macro main.sentence_of(of_article_id, at_char) as (
    select substring(a.text, s.start_char + 1, s.end_char - s.start_char)
    from core.sentences as s
    inner join core.articles as a on s.article_id = a.article_id
    where s.article_id = of_article_id and s.start_char <= at_char and s.end_char > at_char
);

comment on macro main.sentence_of is 'The sentence that holds the character at an offset of an article; null between sentences.'; -- noqa: PRS
