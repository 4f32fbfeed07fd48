-- Plans as data. A version's text is what customers have consented to: it is written once and never changed, which is held here by not giving
-- anybody the right to, and checked by its hash whenever it is read.
create table plan (
    id text primary key,
    -- Whether new contracts may be made on it; contracts that are on it stay.
    offered boolean not null default true
);
create table plan_version (
    plan_id text not null references plan,
    version integer not null check (version > 0),
    -- Canonical JSON: sorted keys, no spaces.
    document text not null,
    -- SHA-256 of the document, hexadecimal.
    hash text not null,
    published_by text not null,
    published_at timestamptz not null,
    primary key (plan_id, version)
);

-- Everybody may read what is promised; operators publish by request, the system what is delivered with the service.
revoke all on plan, plan_version from "${api}", "${system}";
grant select, insert, update (offered) on plan to "${api}", "${system}";
grant select, insert on plan_version to "${api}", "${system}";
alter table plan enable row level security;
alter table plan_version enable row level security;
create policy of_system on plan to "${system}" using (true) with check (true);
create policy of_system on plan_version to "${system}" using (true) with check (true);
create policy of_everybody on plan for select to "${api}" using (true);
create policy of_everybody on plan_version for select to "${api}" using (true);
create policy of_operator on plan to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
create policy of_operator on plan_version for insert to "${api}"
    with check (current_setting('unkai.reach', true) = 'provider');
