-- A finding is stored as what it says, not as a sentence of one language: the key of its text, and the facts in it. Older ones keep their sentence.
alter table finding
    alter column sentence drop not null,
    add column message text,
    add column facts jsonb not null default '{}',
    add check (sentence is not null or message is not null);
