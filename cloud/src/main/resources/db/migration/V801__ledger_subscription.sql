-- Who gets the ledger's published round by mail, once a day. Anybody may, whose address is his: a link in a mail shows that.
create table ledger_subscription (
    id          uuid        primary key,
    email       text        not null,
    language    text        not null check (language in ('ja', 'en')),
    -- Where it came from: an IPv4 address, or the /64 of an IPv6 address.
    source      text        not null,
    created_at  timestamptz not null,
    -- null: not verified yet.
    verified_at timestamptz,
    -- The day (UTC) whose round was sent last.
    sent_on     date
);
create unique index ledger_subscription_of on ledger_subscription (lower(email)) where verified_at is not null;
create index ledger_subscription_by_email on ledger_subscription (lower(email), created_at);
create index ledger_subscription_by_source on ledger_subscription (source, created_at);
create index ledger_subscription_due on ledger_subscription (sent_on nulls first) where verified_at is not null;

-- SHA-256 of the secrets in links: one to verify the address, used up by it; others to end the subscription, one in each mail.
create table ledger_subscription_token (
    hash            bytea       primary key,
    subscription_id uuid        not null references ledger_subscription on delete cascade,
    purpose         text        not null check (purpose in ('verify', 'end')),
    expires_at      timestamptz not null
);
create index on ledger_subscription_token (subscription_id);
create index on ledger_subscription_token (expires_at);

-- Who subscribes is nobody's business: requests of accounts have no rights here, operators' neither.
revoke all on ledger_subscription, ledger_subscription_token from "${api}";
alter table ledger_subscription enable row level security;
alter table ledger_subscription force row level security;
alter table ledger_subscription_token enable row level security;
alter table ledger_subscription_token force row level security;
create policy of_system on ledger_subscription to "${system}" using (true) with check (true);
create policy of_system on ledger_subscription_token to "${system}" using (true) with check (true);
