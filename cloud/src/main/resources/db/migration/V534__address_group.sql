-- Lists of addresses that security group rules can name instead of a range each; and security groups that other projects may use.
create table address_group (
    id          uuid primary key,
    project_id  text        not null,
    name        text        not null default '',
    description text        not null default '',
    addresses   cidr[]      not null default '{}',
    tags        text[]      not null default '{}',
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    revision    bigint      not null default 1
);
create index address_group_project on address_group (project_id, created_at);
call protect_table('address_group');
create policy address_group_shared on address_group for select using (id in (select shared_with_me('address_group')));

alter table security_group_rule add column remote_address_group_id uuid references address_group;
create index security_group_rule_addresses on security_group_rule (remote_address_group_id) where remote_address_group_id is not null;
drop index security_group_rule_once;
create unique index security_group_rule_once on security_group_rule
    (security_group_id, direction, ethertype, protocol, port_range_min, port_range_max, remote_ip_prefix, remote_group_id,
     remote_address_group_id)
    nulls not distinct;

create policy security_group_shared on security_group for select using (id in (select shared_with_me('security_group')));
create policy security_group_rule_shared on security_group_rule for select
    using (security_group_id in (select shared_with_me('security_group')));
