-- sentence_of(of_article_id, at_char): the sentence of the article that holds the character at the offset

create or replace macro main.sentence_of(of_article_id, at_char) as (
    -- What is given may be a column of the caller's own a or s: names in here are none that a query uses.
    select
        substring(
            macro_article.text, macro_sentence.start_char + 1, macro_sentence.end_char - macro_sentence.start_char
        )
    from core.sentences as macro_sentence
    inner join core.articles as macro_article on macro_sentence.article_id = macro_article.article_id
    where
        macro_sentence.article_id = of_article_id
        and macro_sentence.start_char <= at_char
        and macro_sentence.end_char > at_char
);

comment on macro main.sentence_of is 'The sentence that holds the character at an offset of an article; null between sentences.'; -- noqa: PRS
