-- The way into the service: an application by anybody, its address verified, reviewed by an operator, the texts of the plan agreed to, then a contract.
create table application (
    id           uuid primary key,
    -- What people call it by.
    number       bigint generated always as identity unique,
    state        text not null check (state in
                     ('unverified', 'submitted', 'approved', 'accepted', 'refused', 'withdrawn', 'lapsed')),
    company      text not null,
    person       text not null,
    email        text not null,
    telephone    text not null,
    -- The name that the contract shall have at the log-in; identity adds a number where it is taken.
    wish         text not null,
    plan_id      text not null,
    -- Set by the approval: what was newest then.
    plan_version integer,
    purpose      text not null,
    language     text not null check (language in ('ja', 'en')),
    -- Where it came from: an IPv4 address, or the /64 of an IPv6 address, which is what one sender has.
    source       text not null,
    created_at   timestamptz not null,
    state_at     timestamptz not null,
    -- Limits other than the service's own, by resource, as the operator gave them; null: none.
    quota        text,
    -- Why it was refused, for the applicant to read.
    reason       text,
    decided_by   text
);
create index application_by_source on application (source, created_at);
create index application_by_email on application (lower(email), created_at);
create index application_by_state on application (state, state_at);

-- SHA-256 of the secrets in links: one to verify the address, used up by it; others to follow the application, one in each mail.
create table application_token (
    hash           bytea primary key,
    application_id uuid not null references application on delete cascade,
    purpose        text not null check (purpose in ('verify', 'follow')),
    expires_at     timestamptz not null
);
create index application_token_of on application_token (application_id);

-- What has happened to it, for the applicant, the customer and the operator to read.
create table application_step (
    id             bigint generated always as identity primary key,
    application_id uuid not null references application on delete cascade,
    step           text not null,
    -- An operator's name; null: the applicant himself, or the service.
    by_operator    text,
    at             timestamptz not null
);
create index application_step_of on application_step (application_id, id);

-- Strangers have no rights here: their requests run as the system, and the secret in the link is the permission. Operators review.
revoke all on application, application_token, application_step from "${api}";
grant select, update (state, state_at, plan_version, quota, reason, decided_by) on application to "${api}";
grant insert on application_token to "${api}";
grant select, insert on application_step to "${api}";
alter table application enable row level security;
alter table application force row level security;
alter table application_token enable row level security;
alter table application_token force row level security;
alter table application_step enable row level security;
alter table application_step force row level security;
create policy of_system on application to "${system}" using (true) with check (true);
create policy of_system on application_token to "${system}" using (true) with check (true);
create policy of_system on application_step to "${system}" using (true) with check (true);
create policy of_operator on application to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
create policy of_operator on application_token for insert to "${api}"
    with check (current_setting('unkai.reach', true) = 'provider');
create policy of_operator on application_step to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
