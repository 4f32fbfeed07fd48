-- An event is told once the ledger has it, which is when its row goes: whoever asks for the history then finds it. And a request has one trigger less to pay for.
drop trigger told on outbox;
create trigger told after delete on outbox for each row execute function tell_outbox();
