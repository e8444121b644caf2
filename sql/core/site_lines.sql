-- One row per line that a site repeats over its pages
-- Key: site_key, line

create table if not exists core.site_lines (
    site_key varchar not null,
    line varchar not null,
    page_count integer not null
);

comment on table core.site_lines is
'Learned boilerplate: lines seen on several pages of one site are no part of its articles.';
comment on column core.site_lines.site_key is 'Site the line was seen on: core.documents.site_key.';
comment on column core.site_lines.line is 'The line as it stands on the pages after repair.';
comment on column core.site_lines.page_count is 'Pages of the site on which the line was seen.';
