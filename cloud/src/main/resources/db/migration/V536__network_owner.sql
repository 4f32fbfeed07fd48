-- Who owns a network sees what others plug into it: it must know them before it stops sharing. It changes nothing of theirs.
create policy port_on_own_network on port for select
    using (network_id in (select id from network where project_id = nullif(current_setting('unkai.project', true), '')));
create policy address_of_own_subnet on address for select
    using (subnet_id in (select id from subnet where project_id = nullif(current_setting('unkai.project', true), '')));
