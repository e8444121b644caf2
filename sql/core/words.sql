-- One row per word of an article
-- Key: article_id, word

create table if not exists core.words (
    article_id varchar not null,
    word varchar not null,
    occurrence_count integer not null
);

comment on table core.words is
'How often each word occurs in an article: the base of search and of terms per month.';
comment on column core.words.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.words.word is 'A word of at least two characters, stop words left out.';
comment on column core.words.occurrence_count is 'Times the word occurs in the text.';
