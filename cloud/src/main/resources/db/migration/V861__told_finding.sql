-- Findings of the ledger's auditor of which the desk has been told by mail.
create table told_finding (
    kind     text        not null,
    log      text        not null,
    place    bigint      not null,
    found_at timestamptz not null,
    primary key (kind, log, place, found_at)
);
revoke all on told_finding from "${api}";
alter table told_finding enable row level security;
alter table told_finding force row level security;
create policy of_system on told_finding to "${system}" using (true) with check (true);
