-- Why backups may not be deleted, though their time is over: evidence holds in force, as the edge told last. The ids are those of its register.
create table backup_hold (
    id      uuid        primary key,
    told_at timestamptz not null default now()
);
revoke all on backup_hold from "${api}";
