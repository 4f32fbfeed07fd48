-- How the users of a contract reach console and APIs. A contract without a row: over the Internet, as far as its source address rules let it.
-- With 'ssl-vpn' the rule of the whole contract (source_rule) is its tunnels' prefix and nothing else.
create table portal_access (
    domain_id       text        primary key references domain (id) on delete cascade,
    kind            text        not null check (kind in ('internet', 'ssl-vpn')),
    -- The inner addresses of the contract's tunnels (CIDR), of no other contract's. Kept while the contract is there.
    prefix          text        not null unique,
    -- What the contract's rule was before; it holds again afterwards.
    former_prefixes text[]      not null default '{}',
    changed_at      timestamptz not null default now(),
    changed_by      text        not null
);
