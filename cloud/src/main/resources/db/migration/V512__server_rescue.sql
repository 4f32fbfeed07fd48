-- What a rescued server boots from instead of its own disk. Both are null unless it is to be rescued.

alter table server
    add column rescue_image_id uuid,
    -- For the administrator of the rescue system: told to it by the config drive, forgotten when the rescue ends.
    add column rescue_password text;
