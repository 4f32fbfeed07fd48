-- A user that one of the provider's people has made alone: disabled, and the way to its first password not sent, until a second one releases it.
create table waiting_account (
    account_id text        primary key references account on delete cascade,
    made_by    text        not null,
    made_name  text        not null,
    language   text        not null,
    made_at    timestamptz not null default now()
);
