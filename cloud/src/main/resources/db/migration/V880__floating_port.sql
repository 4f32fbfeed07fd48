-- A floating address shows as a port of its outer network, of no project, as it does in the reference: programs look among the ports there for addresses
-- that are free. Nothing is plugged into it, and OVN does not know it.
alter table port add column floating_ip_id uuid references floating_ip;
create unique index port_floating_ip on port (floating_ip_id) where floating_ip_id is not null;

-- The address is held by both. The port goes with the floating address, never alone.
alter table address drop constraint address_check;
alter table address add constraint address_check check (port_id is not null or floating_ip_id is not null);

-- Those that are there already; the owner, who migrates, sees and writes rows for this moment only. One in sixteen million times the hardware address is another port's: that one goes on without a port.
alter table port no force row level security;
alter table address no force row level security;
alter table floating_ip no force row level security;
alter table usage_change no force row level security;
insert into port (id, project_id, network_id, mac, device_id, device_owner, port_security_enabled, floating_ip_id, created_at, updated_at)
select gen_random_uuid(), '', f.floating_network_id, ('fa:16:3e:' || regexp_replace(left(md5(f.id::text), 6), '(..)(..)(..)', '\1:\2:\3'))::macaddr,
       f.id::text, 'network:floatingip', false, f.id, f.created_at, f.created_at
  from floating_ip f
    on conflict (network_id, mac) do nothing;
update address a set port_id = p.id from port p where p.floating_ip_id = a.floating_ip_id;
alter table port force row level security;
alter table address force row level security;
alter table floating_ip force row level security;
alter table usage_change force row level security;
