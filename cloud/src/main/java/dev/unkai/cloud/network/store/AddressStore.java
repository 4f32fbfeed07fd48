package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who holds which address: taken and given back here, never twice at a time. */
@Component
public class AddressStore {
    /** A holder of addresses: a port or a floating address. */
    public record Holder(
            String project, @Nullable UUID portId, @Nullable UUID floatingIpId) {
        public static Holder port(String project, UUID id) {
            return new Holder(project, id, null);
        }

        public static Holder floatingIp(String project, UUID id) {
            return new Holder(project, null, id);
        }
    }

    /** Takes the lowest free address of the subnet's pools; empty when none is left. */
    public Optional<String> takeAny(Db db, UUID subnetId, Holder holder) {
        return Estate.whole(
                db,
                () -> db.sql("select host(take_address(?, ?, ?::uuid, ?::uuid))")
                        .param(subnetId)
                        .param(holder.project())
                        .param(holder.portId())
                        .param(holder.floatingIpId())
                        .query((row, _) -> Optional.ofNullable(row.getString(1)))
                        .single());
    }

    /** Takes this address; false when somebody has it. */
    public boolean take(Db db, UUID subnetId, String address, Holder holder) {
        return Estate.whole(
                db,
                () -> db.sql("""
                        insert into address (subnet_id, ip, project_id, port_id, floating_ip_id)
                        values (?, ?::inet, ?, ?::uuid, ?::uuid) on conflict do nothing""")
                                .param(subnetId)
                                .param(address)
                                .param(holder.project())
                                .param(holder.portId())
                                .param(holder.floatingIpId())
                                .update()
                        == 1);
    }

    public void give(Db db, UUID portId, Port.FixedIp address) {
        db.sql("delete from address where port_id = ? and subnet_id = ? and ip = ?::inet")
                .params(portId, address.subnetId(), address.address())
                .update();
    }

    /** Gives back what ports other than routers' hold of the subnet; gives those ports. */
    public List<UUID> giveAll(Db db, UUID subnetId) {
        return Estate.whole(
                db, () -> db.sql("""
                        delete from address a using port p
                         where a.subnet_id = ? and p.id = a.port_id and p.device_owner not like 'network:%' returning p.id""").param(subnetId).query(UUID.class).list());
    }

    /** Whether somebody holds an address of the subnet. */
    public boolean isTaken(Db db, UUID subnetId, String address) {
        return Estate.whole(
                db,
                () -> db.sql("select exists (select from address where subnet_id = ? and ip = ?::inet)")
                        .params(subnetId, address)
                        .query(Boolean.class)
                        .single());
    }

    /** The addresses of a port, oldest subnet first. */
    public List<Port.FixedIp> of(Db db, UUID portId) {
        return db.sql("select subnet_id, host(ip) as ip from address where port_id = ? order by family(ip), ip")
                .param(portId)
                .query((row, _) -> new Port.FixedIp(Columns.uuid(row, "subnet_id"), row.getString("ip")))
                .list();
    }
}
