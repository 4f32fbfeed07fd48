-- What was decided about keeping events (decision 0081): how long each class is kept, what is held, what was dropped. One chain, each act sealed over the
-- one before; a hold is ended by another act, never by a change of its row.
create table act (
    number bigint primary key,        -- from 0, without a gap
    made_at timestamptz not null,
    kind text not null check (kind in ('retention', 'hold', 'hold-end', 'drop')),
    id text not null,                 -- of the hold; else the class, of a drop with its month
    class text,                       -- null: all classes
    log text,                         -- null: all logs
    until timestamptz,                -- when a hold ends by itself, if it does
    days integer,                     -- how long the class is kept from now on
    facts text not null,              -- JSON: why and on whose word; what was dropped
    seal bytea not null
);
create unique index act_of_hold on act (kind, id) where kind in ('hold', 'hold-end');

revoke update, delete, truncate on act from "${api}", "${system}";
revoke insert on act from "${api}";
