-- Trusts (Identity v3, OS-TRUST): what one account lets another do in its place, within one project. The owner is whose roles
-- they are: where a trust was passed on, the first trustor of the chain. All ends are real foreign keys, so that no trust
-- outlives an account, a project, or the trust that it was passed on from.
create table trust (
    id             text primary key,
    trustor_id     text        not null references account (id) on delete cascade,
    trustee_id     text        not null references account (id) on delete cascade,
    owner_id       text        not null references account (id) on delete cascade,
    project_id     text        not null references project (id) on delete cascade,
    impersonation  boolean     not null,
    expires_at     timestamptz,
    remaining_uses int         check (remaining_uses >= 0),
    parent_id      text        references trust (id) on delete cascade,
    redelegations  int         not null default 0 check (redelegations >= 0),
    created_at     timestamptz not null default now()
);
create index trust_trustor on trust (trustor_id);
create index trust_trustee on trust (trustee_id);
create index trust_owner on trust (owner_id);
create index trust_project on trust (project_id);
create index trust_parent on trust (parent_id);

create table trust_role (
    trust_id text not null references trust (id) on delete cascade,
    role_id  text not null references role (id) on delete cascade,
    primary key (trust_id, role_id)
);
create index trust_role_role on trust_role (role_id);
