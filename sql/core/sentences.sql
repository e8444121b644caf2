-- One row per sentence of an article
-- Key: article_id, start_char

create table if not exists core.sentences (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null
);

comment on table core.sentences is
'Sentences end at 。！？…… or a line feed; closing marks belong to them.';
comment on column core.sentences.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.sentences.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.sentences.end_char is 'Offset after the last character in core.articles.text (end exclusive).';
