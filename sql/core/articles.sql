-- One row per article found on a page
-- Key: article_id
-- Warning: Where is_complete is false text is missing: such articles lower counts of facts.

create table if not exists core.articles (
    article_id varchar not null,
    document_id varchar not null,
    ordinal integer not null,
    title varchar,
    kicker varchar,
    summary varchar,
    rubric varchar,
    dateline varchar,
    published_at timestamptz,
    published_on date,
    published_precision varchar,
    published_from varchar,
    site varchar,
    outlet varchar,
    text varchar not null,
    char_count integer not null,
    is_complete boolean not null,
    incomplete_reason varchar
);

comment on table core.articles is
'One row per article; a newspaper page (版面) can hold several. Text is Simplified Chinese, repaired, without noise.';
comment on column core.articles.article_id is 'Stable hash of the document and the place on the page.';
comment on column core.articles.document_id is 'Page the article was found on: core.documents.document_id.';
comment on column core.articles.ordinal is 'Place on the page, counted from 0.';
comment on column core.articles.title is 'Headline (标题), the name of the site cut off; null where the page has none.';
comment on column core.articles.kicker is 'Line above or below the headline (引题, 副题); null where there is none.';
comment on column core.articles.summary is 'Abstract printed before the body (摘要, 导读); null where there is none.';
comment on column core.articles.rubric is
'Column or section the article stands in (栏目); null where the page names none.';
comment on column core.articles.dateline is
'Opening formula with place or agency (本报讯, 新华社某地某日电) where it stands outside the body; else null.';
comment on column core.articles.published_at is
'Moment of publication, set only where a time of day is printed (Asia/Shanghai); null where only a day is, or nothing.';
comment on column core.articles.published_on is
'Day of publication in Asia/Shanghai; null where the page gives no day.';
comment on column core.articles.published_precision is
'How precisely the page tells it: second, minute, day, month or year; null where it does not.';
comment on column core.articles.published_from is
'Where the day was found: page (printed on it), meta (its head or a script), feed (a feed, an index page or a list that'
' named it, where the page itself is silent) or address; null without a day.';
comment on column core.articles.site is
'Who published this page (the name of the site or paper), as the list of sources calls it or else the page itself;'
' null where neither tells.';
comment on column core.articles.outlet is
'Who printed it first according to the page (来源); null where the page names none.';
comment on column core.articles.text is
'Headings and paragraphs joined by line feeds: no title, caption, byline or noise. All offsets count in it.';
comment on column core.articles.char_count is 'Length of text in code points, line feeds included.';
comment on column core.articles.is_complete is
'False where text is visibly lost: a paragraph without its beginning or end.';
comment on column core.articles.incomplete_reason is
'Why is_complete is false: where the text breaks off, what it announces and does not hold; null where it is true.';
