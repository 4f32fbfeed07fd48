package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.host.Acceleration;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import dev.unkai.wire.node.Metadata;
import dev.unkai.wire.node.Nic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a guest is told of the devices that its owner tagged, before it starts and while it runs. */
class TaggedDevicesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final UUID ID = UUID.fromString("3f1c1b1e-45ab-4a39-9a55-0f6b6f1f0c11");
    private final GuestDirectory files = new GuestDirectory(ID, Path.of("/srv/unkai/guests/" + ID));
    private final DomainDocument document = new DomainDocument(new Acceleration(false, ""), "br-int", true, false);

    @Test
    void aConfigDriveTellsThePlacesThatTheDomainGivesThem() {
        Guest guest = guest().build();

        String domain = document.xml(guest, files, Optional.of(Path.of("/base")));
        JsonNode devices = devices(TaggedDevices.drive(guest));

        assertThat(devices.toString()).isEqualTo("""
                [{"type":"nic","mac":"fa:16:3e:00:00:02","bus":"pci","address":"0000:07:00.0","tags":["inner"]},\
                {"type":"disk","bus":"pci","address":"0000:01:00.0","tags":["system"]},\
                {"type":"disk","bus":"pci","address":"0000:04:00.0","tags":["scratch"]}]""");
        for (JsonNode device : devices) {
            String bus = device.path("address").asString().substring(5, 7);
            assertThat(domain).contains("bus='0x" + bus + "'");
        }
        assertThat(domain.split("<address type='pci'", -1)).hasSize(4);
    }

    @Test
    void aGuestWithoutTagsIsToldNothingNew() {
        Guest plain = Guest.newBuilder()
                .setConfigDrive(ConfigDrive.newBuilder().setMetaDataJson("{\"devices\":[]}"))
                .build();

        assertThat(TaggedDevices.drive(plain)).isEqualTo(plain.getConfigDrive());
        assertThat(TaggedDevices.present(plain, files, _ -> {
                    throw new AssertionError("nobody has to be asked");
                }))
                .isEqualTo(plain);
    }

    @Test
    void theMetadataServiceTellsWhatCameWhileItRuns() {
        Guest guest = guest().addNics(Nic.newBuilder()
                        .setMac("fa:16:3e:00:00:03")
                        .setPortId("late")
                        .setTag("late"))
                .build();
        String running = """
                <domain><devices>
                <disk type='file' device='disk'><source file='%s' index='2'/><backingStore type='file'><source file='/base'/></backingStore>
                <target dev='vda' bus='virtio'/><address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></disk>
                <interface type='bridge'><mac address='fa:16:3e:00:00:01'/><address type='pci' domain='0x0000' bus='0x08' slot='0x00' function='0x0'/></interface>
                <interface type='bridge'><mac address='fa:16:3e:00:00:03'/><address type='pci' domain='0x0000' bus='0x0b' slot='0x00' function='0x0'/></interface>
                </devices></domain>""".formatted(files.disk(0));

        Guest told = TaggedDevices.present(guest, files, _ -> Optional.of(running));

        List<String> tags = StreamSupport.stream(
                        devices(told.getMetadata().getFiles()).spliterator(), false)
                .map(device -> device.at("/tags/0").asString() + " "
                        + device.path("address").asString())
                .toList();
        assertThat(tags).containsExactly("system 0000:01:00.0", "late 0000:0b:00.0");
        assertThat(told.getMetadata().getFlavorName()).isEqualTo("u1.nano");
    }

    @Test
    void aGuestThatDoesNotRunIsToldWhatItsDriveSays() {
        assertThat(TaggedDevices.present(guest().build(), files, _ -> Optional.empty()))
                .isEqualTo(guest().build());
    }

    private static JsonNode devices(ConfigDrive drive) {
        return JSON.readTree(drive.getMetaDataJson()).path("devices");
    }

    private static Guest.Builder guest() {
        return Guest.newBuilder()
                .setId(ID.toString())
                .setDisk(Disk.newBuilder().setImageFormat("qcow2").setTag("system"))
                .addLocalDisks(LocalDisk.newBuilder().setName("ephemeral0").setFormat("ext4"))
                .addLocalDisks(LocalDisk.newBuilder()
                        .setName("ephemeral1")
                        .setFormat("ext4")
                        .setTag("scratch"))
                .addNics(Nic.newBuilder().setPortId("a").setMac("fa:16:3e:00:00:01"))
                .addNics(Nic.newBuilder()
                        .setPortId("b")
                        .setMac("fa:16:3e:00:00:02")
                        .setTag("inner"))
                .setMetadata(Metadata.newBuilder().setFlavorName("u1.nano"))
                .setConfigDrive(ConfigDrive.newBuilder().setMetaDataJson("{\"uuid\":\"x\",\"devices\":[]}"));
    }
}
