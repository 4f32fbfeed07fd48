-- The zones that a network or a router was wished for are shown as they were said, as in the reference. Every host serves both.
alter table network add column zone_hints text[] not null default '{}';
alter table router add column zone_hints text[] not null default '{}';
