-- The names of the keys that secrets of this database were sealed with (decision 0089), of no use to a thief: which one some process seals by, and which ones
-- are retired since nothing is sealed by them any more.
create table seal_key (
    name       text        primary key,
    first_used timestamptz not null,
    last_used  timestamptz not null,
    retired_at timestamptz
);
