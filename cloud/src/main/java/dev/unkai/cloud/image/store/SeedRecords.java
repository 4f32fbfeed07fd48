package dev.unkai.cloud.image.store;

import dev.unkai.base.data.Db;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The rows of images that Unkai itself brings. For the system's transactions. */
@Component
public final class SeedRecords {
    /** Whether the file of this mark (name, size, time) has been imported. */
    public boolean knows(Db db, String mark) {
        return db.sql("select count(*) from image where seed_mark = ? and status = 'active'")
                        .param(mark)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Makes the row of a public image in saving; false when that name has this content already, whose mark is renewed. */
    public boolean begin(Db db, UUID id, UUID uploadId, String name, String sha512, String mark) {
        boolean fresh = db.sql("""
                insert into image (id, project_id, status, name, visibility, disk_format, container_format, sha512,
                                   upload_id, upload_beat, seed_mark)
                values (:id, :owner, 'saving', :name, 'public', 'qcow2', 'bare', :sha512, :upload, now(), :mark)
                on conflict do nothing
                """)
                        .param("id", id)
                        .param("owner", Image.PROVIDER)
                        .param("name", name)
                        .param("sha512", sha512)
                        .param("upload", uploadId)
                        .param("mark", mark)
                        .update()
                == 1;
        if (!fresh) {
            db.sql("update image set seed_mark = ? where name = ? and sha512 = ? and seed_mark is not null")
                    .param(mark)
                    .param(name)
                    .param(sha512)
                    .update();
        }
        return fresh;
    }

    /** Older images of the name stay for the servers made from them, but lists show the new one alone. */
    public void hideOthers(Db db, UUID id, String name) {
        db.sql("""
                update image set hidden = true, updated_at = now()
                 where name = ? and seed_mark is not null and id <> ? and not hidden
                """).param(name).param(id).update();
    }
}
