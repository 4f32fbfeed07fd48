-- Limits of a user within a project, -1: none. They stand beside the project's, which hold as well. The provider's to change, the project's to read.
create table compute_user_quota (
    project_id text not null,
    user_id    text not null,
    resource   text not null,
    hard_limit integer not null check (hard_limit >= -1),
    primary key (project_id, user_id, resource)
);
alter table compute_user_quota enable row level security;
alter table compute_user_quota force row level security;
create policy of_project on compute_user_quota for select to "${api}"
    using (project_id = nullif(current_setting('unkai.project', true), ''));
create policy of_provider on compute_user_quota to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on compute_user_quota to "${system}" using (true) with check (true);
