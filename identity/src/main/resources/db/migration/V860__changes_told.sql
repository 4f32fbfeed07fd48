-- Accounts, rights, credentials and sessions tell that they have changed, for cloud, which tells it to who may see them (GET /service/v1/changes there): the kind,
-- whose domain it is, whose account, the id, nothing of the content. As in cloud's V915 the rows tell it themselves, so that no way of changing them forgets to.
-- They change seldom beside what a log-in costs, so nobody is asked first whether anybody follows.

-- Makes the table tell its changes under the kind. Domain, account and id are SQL over the row "it"; '' where there is none.
create procedure tell_changes(of regclass, kind text, domain text, account text, id text, columns text[]) language plpgsql as $$
declare
    teller text := 'tell_' || replace(kind, '-', '_') || '_of_' || of::text;
    olds text := (select string_agg('old.' || quote_ident(name), ', ') from unnest(columns) name);
    news text := (select string_agg('new.' || quote_ident(name), ', ') from unnest(columns) name);
begin
    execute format($f$
        create function %I() returns trigger language plpgsql as $t$
        declare
            it record;
        begin
            it := coalesce(new, old);
            perform pg_notify('change', '/' || json_build_object('kind', '%s', 'domain', coalesce((%s)::text, ''), 'user', coalesce((%s)::text, ''),
                'id', coalesce((%s)::text, ''))::text);
            return null;
        end $t$ $f$, teller, kind, domain, account, id);
    execute format('create trigger %I after insert or delete on %s for each row execute function %I()', teller, of, teller);
    if columns <> '{}' then
        execute format('create trigger %I after update on %s for each row when ((%s) is distinct from (%s)) execute function %I()',
            teller || '_update', of, olds, news, teller);
    end if;
end $$;

create function domain_of_account(account text) returns text language sql stable as $$ select domain_id from account where id = $1 $$;

call tell_changes('account', 'user', 'it.domain_id', 'it.id', 'it.id', '{name, description, email, enabled, language, options, extra}');
call tell_changes('account', 'account', $$''$$, 'it.id', $$''$$, '{name, email, enabled, language, password_changed_at, password_expires_at}');
call tell_changes('waiting_account', 'user', 'domain_of_account(it.account_id)', $$''$$, 'it.account_id', '{}');
call tell_changes('assignment', 'user', $$coalesce(domain_of_account(it.account_id), (select domain_id from account_group where id = it.group_id))$$,
    $$''$$, $$coalesce(it.account_id, '')$$, '{}');
call tell_changes('group_member', 'user', 'domain_of_account(it.account_id)', $$''$$, 'it.account_id', '{}');
call tell_changes('factor_exception', 'user', 'domain_of_account(it.account_id)', $$''$$, 'it.account_id', '{reason}');
call tell_changes('second_factor', 'user', 'domain_of_account(it.account_id)', $$''$$, 'it.account_id', '{confirmed_at}');
call tell_changes('second_factor', 'account', $$''$$, 'it.account_id', $$''$$, '{confirmed_at}');
call tell_changes('passkey', 'account', $$''$$, 'it.account_id', $$''$$, '{name}');
call tell_changes('address_change', 'account', $$''$$, 'it.account_id', $$''$$, '{}');

call tell_changes('domain', 'project', 'it.id', $$''$$, 'it.id', '{name, description, enabled}');
call tell_changes('project', 'project', 'it.domain_id', $$''$$, 'it.id', '{name, description, enabled, plan}');

call tell_changes('application_credential', 'application-credential', 'domain_of_account(it.account_id)', 'it.account_id', 'it.id', '{name, description}');
call tell_changes('user_credential', 'application-credential', 'domain_of_account(it.account_id)', 'it.account_id', $$''$$, '{}');

call tell_changes('session', 'session', 'it.domain_id', 'it.account_id', $$''$$, '{}');
call tell_changes('vpn_session', 'vpn-session', 'it.domain_id', 'it.account_id', 'it.id', '{tunnel, end_wanted_at}');
-- A session that was ended is listed no more because its tokens were taken back.
call tell_changes('revocation', 'session',
    $$case it.subject when 'DOMAIN' then it.id when 'PROJECT' then (select domain_id from project where id = it.id)
        else coalesce(domain_of_account(split_part(it.id, '/', 1)), (select s.domain_id from session s where s.id = it.id or s.token_id = it.id limit 1),
            (select domain_of_account(account_id) from application_credential where id = it.id)) end$$,
    $$case when it.subject in ('USER', 'USER_IN_PROJECT') then split_part(it.id, '/', 1)
        else coalesce((select s.account_id from session s where s.id = it.id or s.token_id = it.id limit 1),
            (select account_id from application_credential where id = it.id)) end$$,
    $$''$$, '{}');

call tell_changes('source_rule', 'source-rule', 'it.domain_id', $$''$$, $$''$$, '{prefixes}');
call tell_changes('portal_access', 'portal-access', 'it.domain_id', $$''$$, 'it.domain_id', '{kind, prefix}');
call tell_changes('identity_provider', 'identity-provider', 'it.domain_id', $$''$$, 'it.id', '{name, issuer, client_id, scopes, name_claim, mapping_claim, second_factor}');
call tell_changes('mail', 'mail', $$''$$, $$''$$, 'it.id', '{state, tries, last_error, opened_at}');
call tell_changes('backup_run', 'backup', $$''$$, $$''$$, $$''$$, '{}');
drop procedure tell_changes;
