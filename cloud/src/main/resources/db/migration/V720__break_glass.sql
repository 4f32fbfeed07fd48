-- An operator's access to a customer's project for a time: asked for by one person, granted by a second, reviewed by a third. All
-- times are this database's, so that every process sees the same beginning and end. The rows are for good.
create table break_glass (
    id             uuid        primary key,
    project_id     text        not null,
    reason         text        not null,
    ticket         text        not null,
    minutes        integer     not null check (minutes between 5 and 480),
    requested_by   text        not null,
    requested_name text        not null,
    requested_at   timestamptz not null default now(),
    -- Granted, or refused, by somebody else; a requester may take his own request back.
    decided_by     text,
    decided_name   text,
    decided_at     timestamptz,
    granted        boolean     not null default false,
    -- When the access ends by itself; earlier where somebody ends it.
    ends_at        timestamptz,
    ended_by       text,
    ended_name     text,
    -- Whether the end stands in the customer's history.
    end_recorded   boolean     not null default false,
    reviewed_by    text,
    reviewed_name  text,
    reviewed_at    timestamptz,
    review_note    text,
    -- How often it was said that the review is due.
    alarmed_at     timestamptz,
    check (not granted or (decided_by <> requested_by and ends_at is not null)),
    check (reviewed_by is null or (granted and reviewed_by <> requested_by and reviewed_by <> decided_by))
);
call protect_table('break_glass');
create index on break_glass (requested_by, project_id) where granted;
create index on break_glass (requested_at);
