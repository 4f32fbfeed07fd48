-- How long a host has been up and how busy it is, as uptime(1) says; a node of before does not say.
alter table host add column uptime text;
-- Counters of a running guest are asked for on the way that console logs go: only while somebody waits for them.
alter table console_session drop constraint console_session_kind_check;
alter table console_session add check (kind in ('VNC', 'SERIAL', 'LOG', 'COUNTERS'));
