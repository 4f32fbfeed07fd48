-- Limits of quota classes, -1: none. Those of the class "default" hold for every project that has none of its own, so every request may read them.
create table compute_quota_class (
    class      text not null,
    resource   text not null,
    hard_limit integer not null check (hard_limit >= -1),
    primary key (class, resource)
);
alter table compute_quota_class enable row level security;
alter table compute_quota_class force row level security;
create policy of_everyone on compute_quota_class for select using (true);
create policy of_provider on compute_quota_class to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on compute_quota_class to "${system}" using (true) with check (true);
