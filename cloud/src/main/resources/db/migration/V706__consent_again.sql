-- A new version of the plan asks the customer for consent again: given in the console, by an account of the contract.
alter table consent
    alter column email drop not null,
    add column user_name text,
    add check ((email is null) <> (user_name is null));
grant insert on consent to "${api}";
grant update (plan_version) on contract to "${api}";
