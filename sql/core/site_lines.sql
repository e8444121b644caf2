-- One row per site and line seen on its pages
-- Key: site_key, line

create table if not exists core.site_lines (
    site_key varchar not null,
    line varchar not null,
    page_count integer not null,
    document_ids varchar[] not null,
    page_keys varchar[] not null
);

comment on table core.site_lines is
'Learned boilerplate: the lines of a sample of each site. What stands on most of these pages is no title and no text.';
comment on column core.site_lines.site_key is 'Site the line was seen on: core.documents.site_key.';
comment on column core.site_lines.line is 'The line as it stands on the pages after repair.';
comment on column core.site_lines.page_count is
'Different pages of the sample that hold the line; pages with the same title count once.';
comment on column core.site_lines.document_ids is
'The pages of the sample that hold the line: a sample is the pages of the site whose ids come first.';
comment on column core.site_lines.page_keys is 'For each of document_ids, the hash of its title.';
