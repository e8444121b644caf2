-- One row per practice, its spelling variants joined
-- Key: practice_id

create table if not exists core.practices (
    practice_id varchar not null,
    name varchar not null,
    kind varchar not null,
    aliases varchar[] not null
);

comment on table core.practices is
'Named governance practices over all articles.';
comment on column core.practices.practice_id is 'Stable hash of the folded name.';
comment on column core.practices.name is 'The most usual spelling.';
comment on column core.practices.kind is 'The most usual kind among its mentions.';
comment on column core.practices.aliases is 'The other spellings; empty where there is only one.';
