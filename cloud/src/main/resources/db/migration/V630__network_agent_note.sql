-- The Network API shows each host as an agent, of which an operator can note something (its description). It is kept apart from the host,
-- which knows nothing of networks.
create table network_agent_note (
    host_id     uuid primary key references host on delete cascade,
    description text not null check (length(description) <= 255)
);
alter table network_agent_note enable row level security;
create policy of_system on network_agent_note to "${system}" using (true) with check (true);
create policy of_operator on network_agent_note to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
