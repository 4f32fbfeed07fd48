-- An image that is deleted leaves the hosts' plans too, which takes a row that still says whose: what renews the plans deletes it.
alter table image_ahead drop constraint image_ahead_image_id_fkey;
