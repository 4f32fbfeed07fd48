-- What the guest left at its metadata service as its administrator's password (Windows does), most often encrypted for the owner's key pair. It is
-- written once; its owner reads it (os-server-password) and clears it. Nova's limit is 4 times 255 bytes.
alter table server add column guest_password text check (octet_length(guest_password) between 1 and 1020);
