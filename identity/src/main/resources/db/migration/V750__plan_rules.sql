-- What the plan of a contract says of its accounts and its doors, in force from the transaction on that makes the contract's domain. A domain without a
-- row (the provider's own, and those made by hand) has the service's own rules.
create table plan_rules (
    domain_id        text        primary key references domain (id) on delete cascade,
    -- Of the plan that was agreed to; a lower one that comes late changes nothing.
    plan_version     integer     not null,
    -- The provider makes passwords; else their owners choose them.
    issued           boolean     not null,
    -- How long a password lives; null: until it is changed.
    password_days    integer     check (password_days > 0),
    -- Of the last passwords, the present one among them, how many a new one must differ from.
    differs_from     integer     not null check (differs_from > 0),
    -- How long the link of a forgotten password is good; null where there is none.
    reset_minutes    integer     check (reset_minutes > 0),
    users_by         text        not null check (users_by in ('provider', 'customer')),
    source_addresses boolean     not null,
    ssl_vpn          boolean     not null,
    changed_at       timestamptz not null,
    check (issued = (reset_minutes is null))
);

-- Since when its accounts can log in: not before all that the plan promises is in force. Those made before this version had no such step.
alter table contract_account add column opened_at timestamptz;
update contract_account set opened_at = made_at;

-- Whom the contract's first passwords go to when it is opened: the master user, and the VPN users that were named in the application.
create table first_user (
    account_id text primary key references account (id) on delete cascade,
    language   text not null check (language in ('ja', 'en'))
);
