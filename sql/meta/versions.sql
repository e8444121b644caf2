-- One row per state of the warehouse that was published
-- Key: version

create or replace table meta.versions as
select
    row_number() over (order by r.started_at asc, r.run_id asc)::integer as version,
    r.run_id,
    r.finished_at as published_at,
    r.code_version,
    r.new_document_count,
    r.article_count,
    r.changed_story_count,
    r.story_count,
    r.overrides,
    row_number() over (order by r.started_at desc, r.run_id desc) = 1 as is_current
from core.runs as r
where r.status = 'completed'
order by version;

comment on table meta.versions is
'Versions of the data, for citing one and for telling two apart: each completed run publishes one.';
comment on column meta.versions.version is 'Number of the version, from 1; a rebuild goes on counting.';
comment on column meta.versions.run_id is 'Run that published it: core.runs.run_id.';
comment on column meta.versions.published_at is 'When it was published; null where an earlier version did not note it.';
comment on column meta.versions.code_version is 'Code that made it, with a digest of the code; null where not noted.';
comment on column meta.versions.new_document_count is 'Pages that came in with it.';
comment on column meta.versions.article_count is 'Articles found on the pages of that run.';
comment on column meta.versions.changed_story_count is 'Stories that changed with it.';
comment on column meta.versions.story_count is 'Stories it holds.';
comment on column meta.versions.overrides is 'Corrections of overrides.csv in force; null for versions that knew none.';
comment on column meta.versions.is_current is 'True for the version this file holds.';
