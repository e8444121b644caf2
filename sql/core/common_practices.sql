-- One row per practice name that is common
-- Key: spelling_id
-- Values: scope CommonScope

create table if not exists core.common_practices (
    spelling_id varchar not null,
    name varchar not null,
    scope varchar not null
);

comment on table core.common_practices is
'Names that say little of diffusion: generic ones, and programmes of the whole country.';
comment on column core.common_practices.spelling_id is 'Stable hash of the folded name: core.practices.practice_id.';
comment on column core.common_practices.name is 'The name.';
comment on column core.common_practices.scope is
'generic (many places use it for unrelated things) or national (a programme of the whole country).';
