-- Evidence packages: what was secured of a customer, sealed by a signature. Parts lie in files named by their row once they are whole; the small documents of the
-- seal stand in the rows themselves, so that sealing is one transaction. Rows are for good, also when the files were destroyed.
create table evidence_package (
    id             uuid        primary key,
    number         bigint      generated always as identity unique,
    reference      text        not null,          -- case number
    project_id     text        not null,          -- the customer's
    server_id      uuid,
    reason         text        not null,
    may_tell       boolean     not null,
    -- Which events: received from, until; actions with commas between. Null: any.
    from_at        timestamptz,
    to_at          timestamptz,
    actions        text,
    state          text        not null default 'collecting' check (state in ('collecting', 'sealed', 'given_up', 'destroyed')),
    -- The access that covered memory and disk.
    break_glass    uuid,
    ticket         text,
    disclosure_id  uuid        references disclosure,
    made_by        text        not null,
    made_name      text        not null,
    made_at        timestamptz not null default now(),
    sealed_at      timestamptz,
    -- Until then it is not destroyed, nor while its customer's things are held.
    keep_until     timestamptz,
    destroyed_at   timestamptz,
    -- Whether the server's host has still to be given a plan with, or without, what is wanted: requests may not write hosts.
    plan_due       boolean     not null default true,
    -- The process that works on it renews this; one that died does not.
    leased_until   timestamptz,
    tried_at       timestamptz,
    -- Why it does not go on just now.
    trouble        text,
    check (state <> 'sealed' or sealed_at is not null)
);
create index on evidence_package (project_id);
create index on evidence_package (id) where plan_due;
create index on evidence_package (tried_at) where state = 'collecting';

create table evidence_part (
    package_id uuid        not null references evidence_package,
    name       text        not null,             -- in the package
    kind       text        not null check (kind in ('events', 'configuration', 'disk', 'memory', 'domain', 'clock', 'seal')),
    state      text        not null default 'wanted' check (state in ('wanted', 'done', 'missing')),
    -- Of what a host brings: its name in the host's plan.
    capture_id uuid        unique,
    asked_at   timestamptz not null default now(),
    done_at    timestamptz,
    size       bigint      not null default 0,   -- bytes so far
    sha256     text,
    file       text,                             -- in the directory of evidence
    content    bytea,                            -- in its place, of small documents
    note       text,                             -- why it is missing
    primary key (package_id, name),
    check (state <> 'done' or (sha256 is not null and (file is not null or content is not null)))
);
create index on evidence_part (capture_id) where state = 'wanted' and capture_id is not null;

-- Who had it in hands, and did what. It only grows.
create table evidence_custody (
    id         bigint      generated always as identity primary key,
    package_id uuid        not null references evidence_package,
    at         timestamptz not null default now(),
    by_id      text        not null,
    by_name    text        not null,
    action     text        not null,
    facts      jsonb       not null default '{}'
);
create index on evidence_custody (package_id, id);

-- For the provider alone.
alter table evidence_package enable row level security;
alter table evidence_package force row level security;
alter table evidence_part enable row level security;
alter table evidence_part force row level security;
alter table evidence_custody enable row level security;
alter table evidence_custody force row level security;
create policy of_provider on evidence_package to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on evidence_package to "${system}" using (true) with check (true);
create policy of_provider on evidence_part to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on evidence_part to "${system}" using (true) with check (true);
create policy of_provider on evidence_custody to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on evidence_custody to "${system}" using (true) with check (true);
revoke delete on evidence_package, evidence_part from "${api}", "${system}";
revoke update, delete on evidence_custody from "${api}", "${system}";

alter table disclosure add foreign key (package_id) references evidence_package;
