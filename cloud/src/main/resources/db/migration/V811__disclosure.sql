-- The register of disclosures: who asked for something of a customer's, on what ground, what was decided by two people, what was handed over, and whether the
-- customer may be told and was. Rows are for good; every change leaves a line in disclosure_change.
create table disclosure (
    id             uuid        primary key,
    number         bigint      generated always as identity unique,
    -- Who asks, by which way it came, under which number of theirs.
    requester      text        not null,
    their_number   text        not null default '',
    channel        text        not null check (channel in ('letter', 'visit', 'mail', 'telephone', 'other')),
    received_at    timestamptz not null,
    legal_basis    text        not null,
    -- Of whom, what, of which time.
    project_id     text        not null,
    scope          text        not null,
    from_at        timestamptz,
    to_at          timestamptz,
    state          text        not null default 'received'
                   check (state in ('received', 'proposed', 'granted', 'partly', 'refused', 'handed_over', 'closed', 'withdrawn')),
    may_tell       boolean     not null,
    recorded_by    text        not null,
    recorded_name  text        not null,
    recorded_at    timestamptz not null default now(),
    -- One proposes what to answer, another one agrees.
    proposal       text        check (proposal in ('granted', 'partly', 'refused')),
    reason         text,
    proposed_by    text,
    proposed_name  text,
    proposed_at    timestamptz,
    decided_by     text,
    decided_name   text,
    decided_at     timestamptz,
    package_id     uuid,
    handed_to      text,
    handed_at      timestamptz,
    told_at        timestamptz,
    check (decided_by <> proposed_by),
    check (state not in ('granted', 'partly', 'refused', 'handed_over') or decided_by is not null),
    check (told_at is null or may_tell)
);
create index on disclosure (project_id);
create index on disclosure (received_at);

create table disclosure_change (
    id            bigint      generated always as identity primary key,
    disclosure_id uuid        not null references disclosure,
    at            timestamptz not null default now(),
    by_id         text        not null,
    by_name       text        not null,
    action        text        not null,
    -- What was said, or what it was before and is now, by the names of fields.
    facts         jsonb       not null default '{}'
);
create index on disclosure_change (disclosure_id, id);

-- For the provider alone.
alter table disclosure enable row level security;
alter table disclosure force row level security;
alter table disclosure_change enable row level security;
alter table disclosure_change force row level security;
create policy of_provider on disclosure to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on disclosure to "${system}" using (true) with check (true);
create policy of_provider on disclosure_change to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on disclosure_change to "${system}" using (true) with check (true);
revoke delete on disclosure from "${api}", "${system}";
revoke update, delete on disclosure_change from "${api}", "${system}";
