-- Contracts: made in the transaction of the consent, then carried out step by step, each of which can be done again.
create table contract (
    -- Also the key under which identity makes domain, project and master user once.
    id             uuid primary key,
    application_id uuid not null unique references application,
    company        text not null,
    plan_id        text not null,
    plan_version   integer not null,
    state          text not null check (state in ('provisioning', 'active')),
    -- What identity has made; null until then.
    name           text,
    domain_id      text,
    project_id     text,
    master_name    text,
    -- The limits stand in compute_quota.
    limited        boolean not null default false,
    created_at     timestamptz not null,
    active_at      timestamptz,
    -- When the next step is due. One under way has moved it past its own longest duration.
    try_at         timestamptz,
    tries          integer not null default 0,
    -- Why it does not go on, for people; null while it does.
    trouble        text,
    alarmed_at     timestamptz,
    check ((state = 'active') = (active_at is not null)),
    check ((state = 'active') = (try_at is null)),
    check ((domain_id is null) = (project_id is null) and (domain_id is null) = (name is null)
           and (domain_id is null) = (master_name is null)),
    check (state = 'provisioning' or project_id is not null)
);
create index contract_due on contract (try_at) where try_at is not null;
create index contract_of_project on contract (project_id);
call protect_table('contract');
revoke all on contract from "${api}";
grant select on contract to "${api}";

-- Who agreed to what, when and from where. Never changed: the hash is that of the plan's published version, whose texts stay as they are.
create table consent (
    id           uuid primary key,
    contract_id  uuid not null references contract,
    -- Null until the contract has its project.
    project_id   text,
    plan_id      text not null,
    plan_version integer not null,
    sha256       text not null,
    texts        text[] not null,
    language     text not null,
    person       text not null,
    email        text not null,
    address      text not null,
    agent        text not null,
    at           timestamptz not null
);
create index consent_of on consent (contract_id, at);
call protect_table('consent');
revoke all on consent from "${api}";
grant select on consent to "${api}";

-- The customer reads how its contract came about: the steps of the application whose contract it can see.
create policy of_contract on application_step for select to "${api}"
    using (exists (select 1 from contract c where c.application_id = application_step.application_id));
