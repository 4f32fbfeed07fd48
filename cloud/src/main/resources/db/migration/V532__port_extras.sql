-- What few ports have beyond an address: DHCP options of their own, and a name under which their neighbours find them.
alter table port add column dhcp_options jsonb not null default '[]';
alter table port add column dns_name     text  not null default '';
alter table port add column dns_domain   text  not null default '';
alter table network add column dns_domain text not null default '';
-- Few ports allow further addresses; those whose own address is such a one are found by this.
create index port_with_pairs on port (network_id) where allowed_address_pairs <> '[]';
