-- A passkey alone is a fresh proof of a session (decision 0061): its challenges are for that and for nothing else.
alter table passkey_challenge drop constraint passkey_challenge_purpose_check;
alter table passkey_challenge add check (purpose in ('registration', 'log-in', 'proof', 'session'));
