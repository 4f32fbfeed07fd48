-- The only requests that an application credential may be used for. A rule belongs to its maker, and stays when the
-- credential goes, until the maker deletes it: so the reference has it. Whoever deletes an account deletes both; the check at
-- the end of the statement allows that, and nothing else.
create table access_rule (
    id         text primary key,
    account_id text not null references account (id) on delete cascade,
    service    text not null,
    path       text not null,
    method     text not null,
    unique (account_id, service, path, method)
);
create table application_credential_rule (
    credential_id text not null references application_credential (id) on delete cascade,
    rule_id       text not null references access_rule (id),
    primary key (credential_id, rule_id)
);
create index application_credential_rule_rule on application_credential_rule (rule_id);
