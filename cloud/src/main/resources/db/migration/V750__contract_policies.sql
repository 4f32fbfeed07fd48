-- What a plan promises is in force before its customer comes in. Where its contract may be used from, and who gets an account for the SSL-VPN beside the
-- master user, is said in the application.
alter table application
    -- Prefixes (CIDR); the operator may correct them when he approves.
    add column addresses text[] not null default '{}',
    -- JSON: a list of {"name", "email"}
    add column vpn_users text not null default '[]';
grant update (addresses) on application to "${api}";

alter table contract
    -- The version of the plan whose policies hold in identity and for placement; null: none yet.
    add column enforced_version integer,
    -- It has the hosts that this version promises.
    add column hosted boolean not null default false,
    -- What it waits for, for its customer to read.
    add column waits_for text check (waits_for in ('service', 'provider', 'hosts'));
-- Those that are in use already stay as they are until they agree to another version.
update contract set enforced_version = plan_version, hosted = true where state = 'active';
-- (state = 'active') = (try_at is null): an active contract is taken up again when it has agreed to another version.
alter table contract drop constraint contract_check1;
alter table contract add check (state = 'active' or try_at is not null);
grant update (try_at) on contract to "${api}";

-- Projects that a plan gives hosts of their own: their servers run nowhere else, also while they have none.
create table own_hosts (
    project_id   text    primary key,
    fewest_hosts integer not null check (fewest_hosts > 0)
);
call protect_table('own_hosts');
revoke all on own_hosts from "${api}";
grant select on own_hosts to "${api}";
