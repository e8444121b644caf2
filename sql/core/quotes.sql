-- One row per quotation attributed to a speaker
-- Key: article_id, start_char
-- Warning: The words as printed, which are not always those that were spoken.

create table if not exists core.quotes (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    text varchar not null,
    speaker varchar,
    speaker_role varchar
);

comment on table core.quotes is
'Direct speech; a quotation that its speaker interrupts gives two rows.';
comment on column core.quotes.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.quotes.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.quotes.end_char is 'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.quotes.text is 'The quoted words without the quotation marks; the offsets span exactly these.';
comment on column core.quotes.speaker is 'Name of the speaker; null when unnamed (一位居民).';
comment on column core.quotes.speaker_role is
'Post or description of the speaker as printed; null where the text gives none.';
