-- Secrets are sealed anew when the key file was renewed (decision 0089). A key that some process seals by says so each minute; one by which nothing is sealed
-- any more is retired, and no process begins with it again.
alter table seal_key add column last_used timestamptz not null default now();
alter table seal_key add column retired_at timestamptz;
grant update (last_used, retired_at) on seal_key to "${system}";
