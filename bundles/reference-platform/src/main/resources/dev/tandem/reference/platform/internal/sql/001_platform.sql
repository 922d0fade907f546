-- Agents as the platform knows them; who may sign in is the realm's business.
create table platform_agent (
  site text not null,
  agent text not null,
  user_name text not null,
  name text not null,
  roles text not null,
  primary key (site, agent)
);

-- Read model of the presence streams.
create table platform_presence (
  site text not null,
  agent text not null,
  status text not null,
  reason text not null,
  since bigint not null,
  primary key (site, agent)
);

-- Sign-ins that hold: a token that is not here is not good any more.
create table platform_sign_in (
  site text not null,
  token text not null,
  agent text not null,
  until_at bigint not null,
  primary key (site, token)
);

-- Read model of the interaction streams. Texts about people stay in the journal's personal rows; these are their refs.
create table platform_interaction (
  site text not null,
  id text not null,
  kind text not null,
  state text not null,
  agent text,
  customer text not null,
  name_id text not null,
  name_digest text not null,
  address_id text not null,
  address_digest text not null,
  arrived_at bigint not null,
  since bigint not null,
  accepted_at bigint,
  ended_by text,
  messages bigint not null,
  primary key (site, id)
);
create index platform_interaction_of_agent on platform_interaction (site, agent, state, since);
create index platform_interaction_of_customer on platform_interaction (site, customer, arrived_at);

create table platform_message (
  site text not null,
  interaction text not null,
  number bigint not null,
  sender text not null,
  agent text,
  text_id text not null,
  text_digest text not null,
  said_at bigint not null,
  primary key (site, interaction, number)
);
