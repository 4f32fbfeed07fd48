package dev.unkai.cloud.image.store;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** With whom shared images are shared. Row-level security shows an offer to its owner and to its member. */
@Component
public final class MemberRecords {
    /** One offer; {@code status} is {@code pending}, {@code accepted} or {@code rejected}. */
    public record Member(UUID imageId, String memberId, String status, Instant createdAt, Instant updatedAt) {}

    /** False when the project is a member already. */
    public boolean insert(Db db, UUID imageId, String owner, String member) {
        return db.sql("""
                insert into image_member (image_id, member_id, project_id, status) values (?, ?, ?, 'pending')
                on conflict do nothing
                """).param(imageId).param(member).param(owner).update() == 1;
    }

    public Optional<Member> find(Db db, UUID imageId, String member) {
        return db.sql("select * from image_member where image_id = ? and member_id = ?")
                .param(imageId)
                .param(member)
                .query(MemberRecords::member)
                .optional();
    }

    public List<Member> list(Db db, UUID imageId) {
        return db.sql("select * from image_member where image_id = ? order by created_at, member_id")
                .param(imageId)
                .query(MemberRecords::member)
                .list();
    }

    public long count(Db db, UUID imageId) {
        return db.sql("select count(*) from image_member where image_id = ?")
                .param(imageId)
                .query(Long.class)
                .single();
    }

    public void answer(Db db, UUID imageId, String member, String status) {
        db.sql("update image_member set status = ?, updated_at = now() where image_id = ? and member_id = ?")
                .param(status)
                .param(imageId)
                .param(member)
                .update();
    }

    public boolean delete(Db db, UUID imageId, String member) {
        return db.sql("delete from image_member where image_id = ? and member_id = ?")
                        .param(imageId)
                        .param(member)
                        .update()
                == 1;
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(
                row.getObject("image_id", UUID.class),
                row.getString("member_id"),
                row.getString("status"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
