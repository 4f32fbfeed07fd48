-- Since when the work on a server is late: its deadline has passed and nothing was reached or expected anew since. The event "alarm" tells it once; operators
-- read here what is late now.
alter table server add column overdue_at timestamptz;
create index server_overdue on server (overdue_at) where overdue_at is not null;
