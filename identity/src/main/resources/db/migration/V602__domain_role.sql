-- Roles of one domain: never in a token themselves, they give what they imply. The name is unique within the domain, and
-- among the roles that belong to none.
alter table role add column domain_id text references domain (id) on delete cascade;
alter table role drop constraint role_name_key;
alter table role add constraint role_name_once unique nulls not distinct (domain_id, name);
create index role_domain on role (domain_id);
