-- The tunnels of the SSL-VPN that may be: one row from a granted log-in until the gateway has seen the tunnel go. What has no row is cut by
-- the gateway, so that to end a session is to write a wish here. No references: the row must outlive its account until the tunnel is gone.
create table vpn_session (
    id             text        primary key,
    account_id     text        not null,
    account_name   text        not null,
    domain_id      text        not null,
    project_id     text,
    inner_address  text        not null unique,
    outer_address  text        not null,
    agent          text        not null,
    created_at     timestamptz not null,
    -- The VPN server's name for the tunnel; null until it was seen.
    tunnel         text,
    seen_at        timestamptz,
    -- Bytes since the tunnel was last connected, as the user sees them.
    received_bytes bigint      not null default 0,
    sent_bytes     bigint      not null default 0,
    end_wanted_at  timestamptz,
    end_wanted_by  text
);
create index vpn_session_account on vpn_session (account_id);
create index vpn_session_domain on vpn_session (domain_id);
