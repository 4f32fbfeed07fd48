-- Two more places on an image's way. Data can be staged first and imported by a second request (uploading), and an image
-- can be taken out of use for a while, with its data kept (deactivated).
alter table image drop constraint image_status_check;
alter table image add constraint image_status_check
    check (status in ('queued', 'saving', 'uploading', 'active', 'deactivated'));
alter table image drop constraint image_content_check;
alter table image add constraint image_content_check
    check (status not in ('uploading', 'active', 'deactivated') or (size is not null and sha512 is not null
        and upload_id is not null and disk_format is not null));
