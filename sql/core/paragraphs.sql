-- One row per heading, paragraph, caption or summary of an article
-- Key: article_id, ordinal

create table if not exists core.paragraphs (
    article_id varchar not null,
    ordinal integer not null,
    kind varchar not null,
    text varchar not null,
    start_char integer,
    end_char integer
);

comment on table core.paragraphs is
'The parts of an article in reading order.';
comment on column core.paragraphs.article_id is 'Article the row belongs to: core.articles.article_id.';
comment on column core.paragraphs.ordinal is 'Reading order within the article, from 0.';
comment on column core.paragraphs.kind is 'heading (小标题), paragraph, caption (图片说明) or summary (摘要).';
comment on column core.paragraphs.text is 'The text of the part.';
comment on column core.paragraphs.start_char is
'Offset in core.articles.text; null for captions and summaries, which are not part of it.';
comment on column core.paragraphs.end_char is 'Offset after the last character; null for captions and summaries.';
