-- One row per post
-- Key: post

create or replace table mart.posts as
select
    m.role as post,
    count(*) as mention_count,
    min(m.article_id) as example_article_id
from core.person_mentions as m
where m.role is not null
group by m.role
order by m.role;

comment on table mart.posts is 'Posts that people are named with: what stands among them is no name of a speaker.';
comment on column mart.posts.post is 'The post as printed: core.person_mentions.role.';
comment on column mart.posts.mention_count is 'Mentions of people with it, in distinct texts.';
comment on column mart.posts.example_article_id is 'One of the texts.';
