-- One row per story identifier that gave way
-- Key: alias_id

create table if not exists core.story_aliases (
    alias_id varchar not null,
    story_id varchar
);

comment on table core.story_aliases is
'Identifiers that an earlier run published and that core.stories holds no more: none is lost, none is used again.';
comment on column core.story_aliases.alias_id is 'The earlier identifier.';
comment on column core.story_aliases.story_id is
'Story that its articles belong to now: core.stories.story_id; null where they are gone.';
