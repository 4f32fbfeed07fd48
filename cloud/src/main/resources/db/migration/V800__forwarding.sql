-- Where a history is sent to: the customer's own log service, or the provider's.
create table forwarding (
    id                 uuid        primary key,
    -- Whose history: a project's id, or 'provider'.
    project_id         text        not null,
    name               text        not null,
    kind               text        not null check (kind in ('syslog', 'webhook')),
    -- Of syslog.
    host               text,
    port               integer     check (port between 1 and 65535),
    server_name        text,
    client_certificate text,
    -- Of a webhook.
    address            text,
    -- PEM; null: what the public trusts.
    authority          text,
    -- Sealed by the processes' key: the key of the client certificate; what a webhook is signed with, and until when also with the one before.
    sealed_key         bytea,
    sealed_secret      bytea,
    sealed_former      bytea,
    former_until       timestamptz,
    created_at         timestamptz not null default now(),
    created_name       text        not null,
    -- gone: the receiver wants no more.
    state              text        not null default 'active' check (state in ('active', 'paused', 'gone')),
    -- The place in the history that is sent next, and that from which all is sent again after an interruption: syslog acknowledges nothing, and what
    -- was taken last may have been lost with the receiver.
    next_place         bigint      not null check (next_place >= 0),
    again_from         bigint      not null check (again_from between 0 and next_place),
    delivered_at       timestamptz,
    -- As the history was when it was last looked at.
    seen_end           bigint      not null,
    -- When the ledger took in the first event that waits.
    waiting_since      timestamptz,
    look_at            timestamptz not null default now(),
    -- How many times in a row there was nothing new.
    quiet              integer     not null default 0,
    tries              integer     not null default 0,
    failing_since      timestamptz,
    problem            text,
    detail             text,
    mailed_at          timestamptz,
    -- Of whoever works on it.
    lease              uuid,
    leased_until       timestamptz,
    check ((kind = 'syslog') = (host is not null and port is not null and server_name is not null)),
    check ((kind = 'webhook') = (address is not null and sealed_secret is not null)),
    check ((client_certificate is null) = (sealed_key is null)),
    check ((failing_since is null) = (problem is null))
);
call protect_table('forwarding');
create index forwarding_of on forwarding (project_id, created_at);
create index forwarding_due on forwarding (look_at) where state = 'active';
