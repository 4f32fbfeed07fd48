-- The first password of a server's administrator, as its guest gets it: hashed. The password itself is told once and kept nowhere.
-- A rescue's was kept readable until now; servers in rescue have booted with it already and need it no more.

alter table server
    add column admin_password_hash text,
    add column rescue_password_hash text,
    drop column rescue_password;
