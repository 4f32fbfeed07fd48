-- The failure of a certificate's renewal that was told last, so that each is told once, whichever process sees it and however often it starts;
-- null since the last success.
alter table certificate add column told text;
