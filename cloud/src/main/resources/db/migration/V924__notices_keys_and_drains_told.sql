-- Three kinds more that are told as they change (V915): notices, key pairs, and how far an emptying has come.

-- To whom it is shown, and was; one that nobody sees yet is told to the provider's register alone.
create function tell_notice() returns trigger language plpgsql as $$
declare
    reader text;
begin
    if exists (select from change_watch where one and until > now()) then
        perform pg_notify('change', '/notice-register - ' || new.id);
        if new.phase = 'shown' or (tg_op = 'UPDATE' and old.phase = 'shown') then
            if new.everyone or (tg_op = 'UPDATE' and old.everyone) then
                perform pg_notify('change', '/notice * ' || new.id);
            else
                foreach reader in array new.projects || case when tg_op = 'UPDATE' then old.projects else '{}' end loop
                    perform pg_notify('change', '/notice ' || reader || ' ' || new.id);
                end loop;
            end if;
        end if;
    end if;
    return null;
end $$;
create trigger told after insert or update on notice for each row execute function tell_notice();

-- A key pair is a person's, in all of his projects.
create function tell_keypair() returns trigger language plpgsql as $$
begin
    if exists (select from change_watch where one and until > now()) then
        perform pg_notify('change', '/keypair user:' || coalesce(new.user_id, old.user_id) || ' ');
    end if;
    return null;
end $$;
create trigger told after insert or delete on keypair for each row execute function tell_keypair();

-- What one reads is told to oneself, so that all of one's windows count alike.
create function tell_notice_read() returns trigger language plpgsql as $$
begin
    if exists (select from change_watch where one and until > now()) then
        perform pg_notify('change', '/notice user:' || new.user_id || ' ' || new.notice_id);
    end if;
    return null;
end $$;
create trigger told after insert or update on notice_read for each row execute function tell_notice_read();

-- Hosts report the bytes of a move all the time; told is the percent that the page shows.
create function move_percent(of migration) returns integer language sql immutable as $$
    select (100 - 100 * (coalesce(of.memory_remaining, 0) + coalesce(of.disk_remaining, 0))
                / nullif(coalesce(of.memory_total, 0) + coalesce(of.disk_total, 0), 0))::integer
$$;
create function tell_drain_percent() returns trigger language plpgsql as $$
begin
    if exists (select from change_watch where one and until > now()) then
        perform pg_notify('change', '/drain - ' || new.source_host_id);
    end if;
    return null;
end $$;
create trigger told_percent after update on migration for each row
    when (new.drain_id is not null and move_percent(old) is distinct from move_percent(new)) execute function tell_drain_percent();
