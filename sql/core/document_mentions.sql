-- One row per policy document cited in an article
-- Key: article_id, start_char

create table if not exists core.document_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    title varchar,
    number varchar,
    issuer varchar
);

comment on table core.document_mentions is
'Laws, plans, notices and other official papers cited by title (《…》) or by number (文号).';
comment on column core.document_mentions.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.document_mentions.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.document_mentions.end_char is
'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.document_mentions.title is
'Title without the marks 《 and 》; null where only the number is cited.';
comment on column core.document_mentions.number is 'Official number (文号); null where only the title is cited.';
comment on column core.document_mentions.issuer is 'Body that issued it; null where the text does not tell.';
