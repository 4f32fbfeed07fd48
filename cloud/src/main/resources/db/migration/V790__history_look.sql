-- When one of the provider's people last looked at a customer's history: a page that renews itself is one look in ten minutes, and one event for the
-- customer. The project * stands for the list of all customers' events.
create table history_look (
    user_id    text        not null,
    project_id text        not null,
    looked_at  timestamptz not null,
    primary key (user_id, project_id)
);
call protect_table('history_look');
create index on history_look (looked_at);
