-- By which version of Facts, Words and EventClass a row was read (decision 0078): the auditor reads its text again by the same. All that is stored was read by 1.
alter table event add column version smallint not null default 1;
