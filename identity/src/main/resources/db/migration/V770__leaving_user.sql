-- The language in which an account's owner is written to: that of the application, or the one chosen when the user was made. Null: as the others of the
-- domain are.
alter table account add column language text check (language in ('ja', 'en'));
update account a set language = f.language from first_user f where f.account_id = a.id;

-- What was made for a contract outlives its first master user: when that account was removed, the row went with it, and the next version of the plan would
-- have made the contract a second domain.
alter table contract_account drop constraint contract_account_account_id_fkey;
alter table contract_account alter column account_id drop not null;
alter table contract_account add foreign key (account_id) references account (id) on delete set null;
