-- Servers of which something changed that the metadata service tells their guests: a reconciler writes it into the plans
-- of their hosts. Rows are only added and taken away, one for each change, so that whoever changes something waits for
-- nobody here, and a change that is not yet committed while a plan is written leaves a row of its own.
create table metadata_change (
    id         bigint generated always as identity primary key,
    server_id  uuid not null,
    project_id text not null,
    due_at     timestamptz not null default now()
);
call protect_table('metadata_change');
revoke select, update, delete on metadata_change from "${api}";
