-- One row per input page
-- Key: document_id

create table if not exists core.documents (
    document_id varchar not null,
    uri varchar not null,
    content_sha256 varchar not null,
    source varchar,
    media_type varchar,
    charset varchar,
    byte_count bigint not null,
    fetched_at timestamptz,
    status varchar not null,
    copy_of varchar,
    superseded_by varchar,
    site_key varchar,
    char_count bigint,
    lost_char_count bigint,
    article_digest varchar,
    listed_on date,
    listed_site varchar
);

comment on table core.documents is
'Every page that came in with bytes, whatever became of it. One article per address is current.';
comment on column core.documents.document_id is
'Stable hash of the uri and the content: the same page under the same name keeps its id for ever.';
comment on column core.documents.uri is
'Name of the page: the file''s path, the URL, the WARC record''s target URI or the row''s own uri.';
comment on column core.documents.content_sha256 is
'SHA-256 of the raw bytes as hex; the raw store keeps the bytes under this name.';
comment on column core.documents.source is
'The source argument or sources.toml entry that brought the page in; null where nobody recorded it.';
comment on column core.documents.media_type is
'Media type decided from the content: text/html or text/plain; null where it could not be told.';
comment on column core.documents.charset is
'Charset the bytes were decoded with (stale declarations do not count); null where decoding failed.';
comment on column core.documents.byte_count is 'Size of the raw bytes.';
comment on column core.documents.fetched_at is
'When the bytes were fetched; null where the source does not tell, as for local files, or tells of a time to come.';
comment on column core.documents.status is
'loaded (its articles are in the tables), copy (see copy_of), superseded or rejected (see core.rejections).';
comment on column core.documents.copy_of is
'The loaded document with the same bytes on the same site, or the same articles at the same address; else null.';
comment on column core.documents.superseded_by is
'The later document of the same address, whose text has changed; null unless status is superseded.';
comment on column core.documents.site_key is
'What tells one site from another: the host of the URL or another mark on the page; null where unknown.';
comment on column core.documents.char_count is
'Visible characters of the page after repair, white space not counted; null unless loaded.';
comment on column core.documents.lost_char_count is
'Characters that the damage destroyed and nothing could restore (marked □); null unless loaded.';
comment on column core.documents.article_digest is
'Hash of the articles a page shows read by itself, where its uri has shown different bytes; else null.';
comment on column core.documents.listed_on is
'Day that an index page, a feed or a list printed beside the link to the page, not after fetched_at; else null.';
comment on column core.documents.listed_site is
'What the list of sources (site) calls the site of the page''s source; null where it gives it no name.';
