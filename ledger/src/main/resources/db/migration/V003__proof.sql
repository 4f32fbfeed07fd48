-- A history that can be checked (decision 0079). What was stored before is taken in again by the process, in its old order: it had no place and no hash.
alter table event rename to event_unsealed;
alter index event_pkey rename to event_unsealed_pkey;
drop index event_of_project;
drop index event_of_target;

create table event (
    number bigint primary key,        -- in the whole ledger, from 0, without a gap
    log text not null,                -- whose history: a project, or 'provider'
    place bigint not null,            -- in that history, from 0, without a gap
    source text not null,
    position bigint not null,
    received_at timestamptz not null,
    action text not null,
    outcome text not null,
    target_id text not null,
    target_type text not null,
    initiator_id text not null,
    initiator_name text not null,
    body text not null,
    hash bytea not null,              -- of the event's leaf in its history
    seal bytea not null,              -- that this process wrote the row: a key that is in no database
    unique (log, place),
    unique (source, position)
);
create index event_of_target on event (target_id, number desc);
create index event_by_time on event (log, received_at);

-- Roots of whole subtrees of 256^level leaves, so that no proof reads a whole history.
create table subtree (
    log text not null,
    level smallint not null,
    place bigint not null,
    hash bytea not null,
    primary key (log, level, place)
);

create table head (
    log text not null,
    size bigint not null,
    root bytea not null,
    time timestamptz not null,
    previous bytea not null,
    signature bytea not null,
    primary key (log, size)
);

-- Published every minute. The seed gives the nonces and the leaves that fill it up.
create table round (
    number bigint primary key,
    root bytea not null,
    time timestamptz not null,
    previous bytea not null,
    signature bytea not null,
    seed bytea not null
);

create table round_head (
    round bigint not null references round,
    log text not null,
    size bigint not null,
    primary key (log, size)
);
create index round_head_of_round on round_head (round);

-- What the auditor found, once each.
create table finding (
    id bigint generated always as identity primary key,
    found_at timestamptz not null,
    kind text not null,
    log text not null,
    place bigint not null,
    sentence text not null,
    unique (kind, log, place)
);

revoke update, delete, truncate on event, subtree, head, round, round_head, finding, event_unsealed from "${api}", "${system}";
revoke insert on event, subtree, head, round, round_head, finding, event_unsealed from "${api}";
