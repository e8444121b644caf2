-- One row per organisation named in an article
-- Key: article_id, start_char

create table if not exists core.organization_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    name varchar not null,
    kind varchar not null,
    adcode varchar
);

comment on table core.organization_mentions is
'Bodies with a name of their own or of their function.';
comment on column core.organization_mentions.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.organization_mentions.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.organization_mentions.end_char is
'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.organization_mentions.surface is
'The characters as they stand in the text: substring(text, start_char + 1, end_char - start_char).';
comment on column core.organization_mentions.name is 'Full form of the name within the article.';
comment on column core.organization_mentions.kind is
'party (党组织), government, enterprise, social (社会组织), community (居委会, 村委会), media, school, hospital or other.';
comment on column core.organization_mentions.adcode is
'Seat by its own name or level, else the place spoken of: core.places.adcode; null for national bodies or unknown.';
