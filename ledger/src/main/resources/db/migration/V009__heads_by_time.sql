-- Each minute's round looks for the heads since the one before, and a search that ends at some time for the journal's head of then: without these, both read
-- all heads that there ever were, some thousand more each minute.
create index head_by_time on head (time);
create index head_of_log_by_time on head (log, time);
