-- Imports that fetch their data from the web take time: a task is then wanted (pending), under way (processing) and ends either way. Those of
-- staged data are done when they are answered, as before. Of one image, one at a time.
alter table image_task
    add column type text not null default 'api_image_import' check (type in ('import', 'api_image_import')),
    add column status text not null default 'success' check (status in ('pending', 'processing', 'success', 'failure')),
    add column message text not null default '',
    add column uri text,                        -- where the data is fetched from
    add column input text,                      -- JSON, as an operator sent it with a task of the type import
    add column attempts int not null default 0, -- how often a process has begun; also says whose attempt a row is of
    add column updated_at timestamptz not null default now();
create unique index image_task_open on image_task (image_id) where status in ('pending', 'processing');
create index image_task_waiting on image_task (created_at) where status in ('pending', 'processing');
