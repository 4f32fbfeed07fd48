-- What the Image API calls a task: the record of an import of staged data, for two days. An import is done when it is answered, so that
-- there is no other state than success.
create table image_task (
    id uuid primary key,
    project_id text not null,
    image_id uuid not null,                     -- may be gone by now
    method text not null,
    user_id text not null,
    request_id text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '48 hours'
);
create index image_task_by_image on image_task (image_id);
create index image_task_by_age on image_task (created_at desc, id desc);
create index image_task_by_expiry on image_task (expires_at);
call protect_table('image_task');
