-- Why a server went to its host, or to none: the newest searches of each server, as hosts were then. Written in the search's own transaction, so that a claim
-- without its reason does not exist. It names other hosts and what they have free: the provider's people see it, customers do not.
create table placement_decision (
    id         bigint generated always as identity primary key,
    server_id  uuid        not null,
    decided_at timestamptz not null default now(),
    outcome    text        not null check (outcome in ('placed', 'nowhere', 'later')),
    -- on which it was placed
    host_name  text,
    -- which filter left no host over
    shortage   text,
    sentence   text,
    -- what it needed, what each filter left over, which hosts were compared
    search     jsonb       not null
);
create index placement_decision_of_server on placement_decision (server_id, id desc);
revoke insert, update, delete on placement_decision from "${api}";
alter table placement_decision enable row level security;
alter table placement_decision force row level security;
create policy of_system on placement_decision to "${system}" using (true) with check (true);
create policy of_provider on placement_decision for select to "${api}" using (current_setting('unkai.reach', true) = 'provider');
