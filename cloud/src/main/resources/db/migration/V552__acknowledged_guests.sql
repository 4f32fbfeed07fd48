-- A guest is started only after its host has said that it knows of it. Until then it can be taken back, when the host falls
-- silent, without any chance that it runs there. Hosts whose node is older start guests at once: theirs stay where they are.
alter table guest add column acknowledged boolean not null default true;
