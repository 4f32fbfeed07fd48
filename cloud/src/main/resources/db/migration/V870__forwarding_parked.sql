-- Events that a receiver of webhooks found too large, each by itself: it goes on behind them, and the history has them at these places.
create table forwarding_parked (
    forwarding uuid        not null references forwarding on delete cascade,
    project_id text        not null,
    place      bigint      not null,
    characters integer     not null,
    parked_at  timestamptz not null default now(),
    primary key (forwarding, place)
);
call protect_table('forwarding_parked');
