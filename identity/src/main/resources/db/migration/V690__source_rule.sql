-- Where contracts, roles on them and application credentials may be used from. Every process reads the changes once a second ("what is new since
-- N"), as it reads revocations: numbers are handed out under a lock held to the end of the transaction, so that a reader never sees N+1 before
-- N. A rule that was taken away stays as a row without prefixes, or the others would not hear of it.
create sequence source_rule_number;
create table source_rule (
    number        bigint      not null unique default nextval('source_rule_number'),
    -- dev.unkai.wire.origin.SourceRules.Subject
    subject       text        not null check (subject in ('DOMAIN', 'ROLE', 'APPLICATION_CREDENTIAL')),
    domain_id     text        not null references domain (id) on delete cascade,
    -- '' unless the subject is a role
    role          text        not null default '',
    credential_id text        references application_credential (id) on delete cascade,
    -- CIDR, as AddressPrefix writes it; empty: everywhere
    prefixes      text[]      not null,
    changed_at    timestamptz not null default now(),
    changed_by    text        not null,
    check ((subject = 'APPLICATION_CREDENTIAL') = (credential_id is not null)),
    check ((subject = 'ROLE') = (role <> ''))
);
create unique index source_rule_subject on source_rule (domain_id, subject, role, coalesce(credential_id, ''));
create index source_rule_credential on source_rule (credential_id) where credential_id is not null;
