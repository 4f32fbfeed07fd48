-- Projects below projects, and assignments that count for what is below their scope instead of for the scope itself.

-- Null: directly below its domain. A project is not deleted while it has projects below it.
alter table project add column parent_id text references project (id);
create index project_parent on project (parent_id);

alter table assignment add column inherited boolean not null default false;
alter table assignment drop constraint assignment_role_id_account_id_group_id_project_id_domain_id_key;
alter table assignment
    add constraint assignment_once unique nulls not distinct (role_id, account_id, group_id, project_id, domain_id, inherited);
-- The system has nothing below it.
alter table assignment add check (not inherited or num_nonnulls(project_id, domain_id) = 1);
