-- Images that no host here boots are kept as well, as the reference keeps them: customers store and pass on what they have.
-- virtual_size tells the two apart: it is there when the content was judged and found to be a disk that can be booted.
alter table image drop constraint image_disk_format_check;
alter table image drop constraint image_container_format_check;
alter table image drop constraint image_check;
alter table image add constraint image_disk_format_check check (disk_format in
    ('ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'ploop', 'iso'));
alter table image add constraint image_container_format_check check (container_format in
    ('ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed'));
alter table image add constraint image_content_check check (status <> 'active' or (size is not null and sha512 is not null
    and upload_id is not null and disk_format is not null));
