-- The option of the Identity API by which roles, projects and domains are neither changed nor deleted until somebody takes it away. Null: nobody has said
-- anything, and the API shows no option.
alter table role add column immutable boolean;
alter table project add column immutable boolean;
alter table domain add column immutable boolean;
