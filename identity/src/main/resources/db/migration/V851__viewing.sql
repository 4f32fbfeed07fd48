-- Views as customer: one of the provider's people looks at a customer's project, read-only and for a time. The row is what its end is recorded by, also where nobody
-- ends it: at its time, at the log-out, when its right is taken away. The history keeps the rest.
create table viewing (
    id              text        primary key,
    account_id      text        not null,
    account_name    text        not null,
    -- of the token that it was opened with: the chain that it goes back to, and the project that gives the right
    session_id      text        not null,
    from_project_id text        not null,
    from_domain_id  text        not null,
    -- of the view
    token_id        text        not null,
    project_id      text        not null,
    project_name    text        not null,
    domain_id       text        not null,
    issued_at       timestamptz not null,
    ends_at         timestamptz not null,
    ended_at        timestamptz
);
create index on viewing (session_id) where ended_at is null;
create index on viewing (ends_at);
