-- The ledger itself. Nobody but the owner may change or remove what is written, this process included.
create table event (
    number bigint generated always as identity primary key,
    source text not null,
    position bigint not null,
    event_id uuid not null,
    event_time timestamptz not null,
    project_id text,
    action text not null,
    outcome text not null,
    target_id text not null,
    target_type text not null,
    initiator_id text not null,
    body text not null,
    received_at timestamptz not null default now(),
    unique (source, position)
);
create index event_of_project on event (project_id, number desc);
create index event_of_target on event (target_id, number desc);
revoke update, delete, truncate on event from "${api}", "${system}";
