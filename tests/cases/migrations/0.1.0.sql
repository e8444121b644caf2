-- The core tables as version 0.1.0 made them, before tables had versions; read by tests/warehouse/test_migrations.py

create schema core;

create table if not exists core.articles (
    article_id varchar not null,
    document_id varchar not null,
    ordinal integer not null,
    title varchar,
    kicker varchar,
    summary varchar,
    rubric varchar,
    dateline varchar,
    published_at timestamptz,
    published_on date,
    published_precision varchar,
    site varchar,
    outlet varchar,
    text varchar not null,
    char_count integer not null,
    is_complete boolean not null,
    incomplete_reason varchar
);

create table if not exists core.blocks (
    document_id varchar not null,
    ordinal integer not null,
    kind varchar not null,
    article_id varchar,
    text varchar,
    char_count integer not null
);

create table if not exists core.contributors (
    article_id varchar not null,
    ordinal integer not null,
    role varchar not null,
    name varchar not null
);

create table if not exists core.dates (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    iso varchar not null,
    role varchar
);

create table if not exists core.document_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    title varchar,
    number varchar,
    issuer varchar
);

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
    site_key varchar,
    char_count bigint,
    lost_char_count bigint
);

create table if not exists core.doubtful_runs (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    printed varchar not null,
    block_ordinal integer,
    block_start_char integer,
    restored varchar,
    twin_article_id varchar,
    confidence double
);

create table if not exists core.figures (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    value double not null,
    value_max double,
    approximate boolean not null,
    unit varchar not null,
    subject varchar,
    adcode varchar,
    year integer
);

create table if not exists core.organization_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    name varchar not null,
    kind varchar not null,
    adcode varchar
);

create table if not exists core.paragraphs (
    article_id varchar not null,
    ordinal integer not null,
    kind varchar not null,
    text varchar not null,
    start_char integer,
    end_char integer
);

create table if not exists core.person_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    name varchar not null,
    role varchar,
    organization varchar
);

create table if not exists core.place_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    adcode varchar,
    place_name varchar not null,
    level varchar not null,
    candidates varchar[] not null
);

create table if not exists core.places (
    adcode varchar not null,
    name varchar not null,
    full_name varchar not null,
    level varchar not null,
    parent_adcode varchar,
    short_name varchar
);

create table if not exists core.practice_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    name varchar not null,
    kind varchar not null,
    adcode varchar,
    parts varchar[] not null,
    practice_id varchar
);

create table if not exists core.practices (
    practice_id varchar not null,
    name varchar not null,
    kind varchar not null,
    aliases varchar[] not null
);

create table if not exists core.quotes (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    text varchar not null,
    speaker varchar,
    speaker_role varchar
);

create table if not exists core.rejections (
    rejection_id varchar not null,
    uri varchar not null,
    document_id varchar,
    stage varchar not null,
    reason varchar not null,
    detail varchar
);

create table if not exists core.removed_blocks (
    document_id varchar not null,
    ordinal integer not null,
    kind varchar not null,
    reason varchar not null,
    text varchar not null
);

create table if not exists core.repairs (
    document_id varchar not null,
    ordinal integer not null,
    kind varchar not null,
    damaged varchar not null,
    restored varchar not null,
    confidence double not null,
    layer integer not null,
    block_ordinal integer,
    start_char integer not null
);

create table if not exists core.run_stages (
    run_id varchar not null,
    ordinal integer not null,
    stage varchar not null,
    input_count integer not null,
    output_count integer not null,
    rejected_count integer not null
);

create table if not exists core.runs (
    run_id varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status varchar not null,
    code_version varchar,
    sources varchar[] not null,
    input_count integer not null,
    loaded_count integer not null,
    copy_count integer not null,
    rejected_count integer not null,
    new_document_count integer not null,
    article_count integer not null,
    story_count integer not null,
    changed_story_count integer not null
);

create table if not exists core.sentences (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null
);

create table if not exists core.site_lines (
    site_key varchar not null,
    line varchar not null,
    page_count integer not null,
    document_ids varchar[] not null,
    page_keys varchar[] not null
);

create table if not exists core.sketches (
    article_id varchar not null,
    sketch_version integer not null,
    text_hash varchar not null,
    gram_count uinteger not null,
    sample_hashes ubigint[] not null,
    sample_starts uinteger[] not null
);

create table if not exists core.stories (
    story_id varchar not null,
    canonical_article_id varchar not null,
    title varchar,
    article_count integer not null,
    site_count integer not null,
    first_published_on date,
    last_published_on date
);

create table if not exists core.story_articles (
    article_id varchar not null,
    story_id varchar not null,
    relation varchar not null,
    similarity double not null,
    role varchar not null,
    position integer not null,
    lag_days integer
);

create table if not exists core.story_links (
    story_id varchar not null,
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    share double not null
);

create table if not exists core.words (
    article_id varchar not null,
    word varchar not null,
    occurrence_count integer not null
);

