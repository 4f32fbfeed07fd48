-- The second factor at the log-in. The seeds of one-time passwords are user_credential rows of the type totp, sealed there;
-- what stands here goes with the seed, or with the account.

-- The newest time step whose code was taken: a code counts once, and none before it counts any more (RFC 6238, 5.2).
create table passcode_use (
    credential_id text   primary key references user_credential (id) on delete cascade,
    last_step     bigint not null
);

-- The factor that the account's owner set up here with password and first code. It is changed in the same way only, not
-- with a token alone.
create table second_factor (
    account_id    text        primary key references account (id) on delete cascade,
    credential_id text        not null unique references user_credential (id) on delete cascade,
    confirmed_at  timestamptz not null default now()
);

-- Hashes of the codes for a lost device. A code of 80 random bits needs no slow hash. A used one is deleted.
create table recovery_code (
    credential_id text not null references user_credential (id) on delete cascade,
    hash          text not null,
    primary key (credential_id, hash)
);

-- A seed that was shown but whose first code has not come yet: it counts for nothing.
create table factor_enrolment (
    account_id  text        primary key references account (id) on delete cascade,
    sealed_seed bytea       not null,
    begun_at    timestamptz not null
);

-- Accounts that need no second factor although the site asks their roles for one, each with the reason that people read.
create table factor_exception (
    account_id text        primary key references account (id) on delete cascade,
    reason     text        not null,
    made_at    timestamptz not null default now()
);
