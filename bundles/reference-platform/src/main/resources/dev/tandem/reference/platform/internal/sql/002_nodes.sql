-- Sign-ins made or changed here, for every node. No digest: the password is the realm's own. An empty one: removed.
create table platform_account (
  site text not null,
  user_name text not null,
  digest text,
  roles text not null,
  primary key (site, user_name)
);

-- What agents are told outside any tab, for a short while; a row for each language.
create table platform_notice (
  site text not null,
  agent text not null,
  id text not null,
  language text not null,
  text text not null,
  urgent smallint not null,
  told_at bigint not null,
  primary key (site, agent, id, language)
);
create index platform_notice_told on platform_notice (told_at);
