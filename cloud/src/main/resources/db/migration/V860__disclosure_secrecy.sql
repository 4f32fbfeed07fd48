-- That a customer is not told of a request before a day: one officer asks for it, another one agrees, and each longer period is a row of its own. While one is in
-- force, a package for the request may have memory and disk without an access that stands in the customer's history; its making is owed to that history and comes into it
-- when the last period has ended, by itself.
create table disclosure_secrecy (
    id            uuid        primary key,
    disclosure_id uuid        not null references disclosure,
    until_at      timestamptz not null,
    -- By whose word: the order or the law that forbids to tell.
    ground        text        not null,
    asked_by      text        not null,
    asked_name    text        not null,
    asked_at      timestamptz not null default now(),
    agreed_by     text,
    agreed_name   text,
    agreed_at     timestamptz,
    -- Before its day, or taken back before anybody agreed.
    ended_by      text,
    ended_name    text,
    ended_at      timestamptz,
    end_reason    text,
    -- The last reminder that it ends soon.
    reminded_at   timestamptz,
    check (agreed_by <> asked_by),
    check (until_at > asked_at and until_at <= asked_at + interval '181 days')
);
create index on disclosure_secrecy (disclosure_id);

alter table disclosure_secrecy enable row level security;
alter table disclosure_secrecy force row level security;
create policy of_provider on disclosure_secrecy to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on disclosure_secrecy to "${system}" using (true) with check (true);
revoke delete on disclosure_secrecy from "${api}", "${system}";

-- The event in the provider's history that the customer's is owed, and the SHA-256 of its text; null where nothing is owed.
alter table evidence_package
    add column owed_event  uuid,
    add column owed_sha256 text,
    -- When the customer's history was told.
    add column told_at     timestamptz,
    add check (owed_event is null or not may_tell and disclosure_id is not null);
create index on evidence_package (disclosure_id) where owed_event is not null and told_at is null;

-- Until when the customer is not told of the request; null: nothing forbids it for a time.
create function secret_until(disclosure uuid) returns timestamptz
    language sql stable set search_path = public as $$
    select max(until_at) from disclosure_secrecy s
     where s.disclosure_id = $1 and s.agreed_by is not null and s.ended_at is null and s.until_at > now()
$$;
