-- kwic(term, width): one row per occurrence of the term, with width characters of context on either side
-- Exact copies are left out; the key word in context (语境索引) stands at start_char of the article's text.
-- Column left_context: The characters before the term.
-- Column keyword: The term.
-- Column right_context: The characters after it.
-- Column start_char: Offset of the term in the text of the article.

create or replace macro main.kwic(term, width := 20) as table (
    with split_texts as (
        select
            a.article_id,
            string_split(a.text, term) as pieces
        from core.articles as a
        inner join core.story_articles as s on a.article_id = s.article_id
        where term != '' and contains(a.text, term) and s.relation != 'exact'
    ),

    pieces as (
        select
            s.article_id,
            len(s.pieces) as piece_count,
            unnest(s.pieces) as piece,
            generate_subscripts(s.pieces, 1) as piece_number
        from split_texts as s
    ),

    ends as (
        select
            p.article_id,
            p.piece_number,
            p.piece_count,
            (
                sum(length(p.piece)) over (partition by p.article_id order by p.piece_number)
                + (p.piece_number - 1) * length(term)
            )::integer as start_char
        from pieces as p
    )

    select
        e.article_id,
        b.published_on,
        b.site,
        b.title,
        replace(
            substring(a.text, greatest(e.start_char - width, 0) + 1, least(e.start_char, width)), chr(10), ' '
        ) as left_context,
        term as keyword,
        replace(substring(a.text, e.start_char + length(term) + 1, width), chr(10), ' ') as right_context,
        e.start_char,
        b.story_id
    from ends as e
    inner join core.articles as a on e.article_id = a.article_id
    inner join mart.articles as b on e.article_id = b.article_id
    where e.piece_number < e.piece_count
    order by b.published_on asc nulls last, e.article_id asc, e.start_char asc
);

comment on macro table main.kwic is 'Every occurrence of a term with width characters of context on either side, oldest first.'; -- noqa: PRS
