-- How a further machine becomes a host: a one-time token, a certificate, and what is remembered of a host that left.

create table host_token (
    id uuid primary key,
    -- SHA-256 of the token, which is shown once and kept nowhere.
    hash bytea not null unique,
    created_by text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    -- The host that used it and its key (SHA-256 of the SubjectPublicKeyInfo): a lost answer may be asked for again
    -- with the same key, and with no other.
    used_at timestamptz,
    host_id uuid,
    key_hash bytea
);
create index host_token_by_expiry on host_token (expires_at);

create table host_enrolment (
    host_id uuid primary key,
    name text not null,
    zone text not null,
    address text not null,
    enrolled_at timestamptz not null default now(),
    -- Its certificate lasts longer than it: a removed host is refused by this.
    removed_at timestamptz
);

revoke all on host_token, host_enrolment from "${api}";
alter table host_token enable row level security;
alter table host_enrolment enable row level security;
create policy of_system on host_token to "${system}" using (true) with check (true);
create policy of_system on host_enrolment to "${system}" using (true) with check (true);
-- Operators alone make tokens.
grant select, insert on host_token to "${api}";
create policy of_operator on host_token to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
-- Operators alone change hosts, and never what is claimed of them.
grant select, insert, update on host_enrolment to "${api}";
create policy of_operator on host_enrolment to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
grant update (maintenance, maintenance_reason, project_id), delete on host to "${api}";
create policy of_operator on host for update to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
create policy of_operator_removing on host for delete to "${api}"
    using (current_setting('unkai.reach', true) = 'provider');

alter table host
    -- Whether it is connected to the external networks, so that routers' gateways may be on it.
    add column gateway boolean not null default true,
    -- The node protocol it speaks.
    add column protocol integer not null default 1,
    -- From its enrolment to the first guest that it was seen to run: what an operator waits for.
    add column joined_at timestamptz not null default now(),
    add column first_guest_at timestamptz;
update host set joined_at = created_at;
