-- A host gets the images of its own guests only: also the one that a guest is rescued from.
alter table guest add column rescue_image_id uuid;
