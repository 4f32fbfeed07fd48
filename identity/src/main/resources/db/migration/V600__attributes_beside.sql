-- The Identity API lets clients keep attributes of their own on users, groups, projects, domains and roles (a contact, a
-- cost centre), and shows them again. JSON objects as text: nothing is asked of the database about what is in them.
alter table domain add column extra text not null default '{}';
alter table project add column extra text not null default '{}';
alter table account add column extra text not null default '{}';
alter table account_group add column extra text not null default '{}';
alter table role add column extra text not null default '{}';
