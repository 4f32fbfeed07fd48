-- What operators keep here for programs beside ours: documents of rules (Identity v3, policies), and the options of an
-- identity driver by domain (domains/{id}/config). Options that are secrets are sealed and never shown again.
create table policy (
    id    text primary key,
    type  text not null,
    blob  text not null,
    extra text not null default '{}'
);

create table domain_option (
    domain_id text not null references domain (id) on delete cascade,
    family    text not null,
    name      text not null,
    value     text,
    sealed    bytea,
    primary key (domain_id, family, name),
    check (num_nonnulls(value, sealed) = 1)
);
