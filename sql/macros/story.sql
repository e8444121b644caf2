-- story(of_story_id): one row per article of a story, the original first, by an identifier that may have given way
-- Values: role StoryRole; relation StoryRelation

create or replace macro main.story(of_story_id) as table (
    with meant as (
        select s.story_id
        from core.stories as s
        where s.story_id = of_story_id
        union
        select a.story_id
        from core.story_aliases as a
        where a.alias_id = of_story_id
    )

    select
        m.story_id,
        m.position,
        m.role,
        m.relation,
        m.similarity,
        m.lag_days,
        a.published_on,
        a.site,
        a.outlet,
        a.title,
        d.uri,
        m.article_id
    from meant as t
    inner join core.story_articles as m on t.story_id = m.story_id
    inner join core.articles as a on m.article_id = a.article_id
    inner join core.documents as d on a.document_id = d.document_id
    order by m.position, m.article_id
);

comment on macro table main.story is 'The articles of a story: original, reprints and mirrors in the order in which they appeared.'; -- noqa: PRS
