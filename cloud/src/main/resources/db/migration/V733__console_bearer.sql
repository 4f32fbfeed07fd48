-- Whose token offered the console, so that an open screen ends with the session it belongs to. Null for what is asked for an answer, and for
-- what a process of before has offered.
alter table console_session add column bearer jsonb;
