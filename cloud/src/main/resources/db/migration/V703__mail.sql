-- Mails on their way to the relay, and those that were sent. Each is written in the transaction of the decision that it tells of, so that it goes out
-- if and only if that committed. Without a relay operators read them here. The same tables stand in identity's database, for its own mails.
create table mail (
    -- Also the left side of the Message-ID, the same at each try.
    id         uuid primary key,
    template   text not null,
    language   text not null check (language in ('ja', 'en')),
    recipient  text not null,
    subject    text not null,
    -- With marks in the places of single-use links.
    body       text not null,
    state      text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    posted_at  timestamptz not null,
    -- After this it is no use: its link has ended.
    good_until timestamptz,
    tries      integer not null default 0,
    -- Not before then. A try under way has moved it past its own longest duration: if its process dies, somebody tries again.
    try_at     timestamptz not null,
    -- Set at the first try: a mail that waited for a relay to be configured has all its time then.
    give_up_at timestamptz,
    last_error text,
    settled_at timestamptz,
    -- An operator has looked at the hidden link, to hand it on where no relay does.
    opened_at  timestamptz,
    opened_by  text,
    check ((state = 'waiting') = (settled_at is null)),
    check ((opened_at is null) = (opened_by is null))
);
create index mail_due on mail (try_at) where state = 'waiting';
create index mail_ending on mail (good_until) where state = 'waiting';
create index mail_newest on mail (posted_at desc, id);
create index mail_settled on mail (settled_at) where settled_at is not null;

-- Single-use links, apart from what lists show; gone when the mail is sent or has ended.
create table mail_secret (
    mail_id uuid not null references mail on delete cascade,
    name    text not null,
    value   text not null,
    primary key (mail_id, name)
);

-- Any request may post; operators alone read and have mails tried again.
revoke delete on mail from "${api}";
revoke update, delete on mail_secret from "${api}";
alter table mail enable row level security;
alter table mail force row level security;
alter table mail_secret enable row level security;
alter table mail_secret force row level security;
create policy of_system on mail to "${system}" using (true) with check (true);
create policy of_system on mail_secret to "${system}" using (true) with check (true);
create policy of_posting on mail for insert to "${api}" with check (true);
create policy of_posting on mail_secret for insert to "${api}" with check (true);
create policy of_operator_reading on mail for select to "${api}"
    using (current_setting('unkai.reach', true) = 'provider');
create policy of_operator_reading on mail_secret for select to "${api}"
    using (current_setting('unkai.reach', true) = 'provider');
create policy of_operator_retrying on mail for update to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
