package dev.unkai.node.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import dev.unkai.wire.node.Metadata;
import dev.unkai.wire.node.Nic;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataDocumentsTest {
    static final String META_DATA = """
            {"uuid":"7b3f6f2e-0000-4000-8000-00000000abcd","hostname":"web-1","launch_index":2,"availability_zone":"east",
             "public_keys":{"mine":"ssh-ed25519 AAAA me"}}""";

    static Guest.Builder guest(String userData) {
        return Guest.newBuilder()
                .setId("7b3f6f2e-0000-4000-8000-00000000abcd")
                .setDisk(Disk.newBuilder().setImageId("0c0c0c0c-0000-4000-8000-000000001111"))
                .addNics(Nic.newBuilder().addAddresses("2001:db8::5").addAddresses("10.1.0.5"))
                .setMetadata(Metadata.newBuilder()
                        .setFlavorName("u1.nano")
                        .setReservationId("r-1234")
                        .setPublicIpv4("203.0.113.5")
                        .addSecurityGroups("default")
                        .addSecurityGroups("web"))
                .setConfigDrive(ConfigDrive.newBuilder()
                        .setMetaDataJson(META_DATA)
                        .setNetworkDataJson("{\"links\":[]}")
                        .setVendorDataJson("{}")
                        .setUserData(ByteString.copyFromUtf8(userData)));
    }

    @Test
    void openstackFormIsThatOfTheConfigDrive() {
        assertThat(text("/openstack/latest/meta_data.json")).contains(META_DATA);
        assertThat(text("/openstack/2018-08-27/network_data.json")).contains("{\"links\":[]}");
        assertThat(text("/openstack/latest/user_data")).contains("#!/bin/sh");
        assertThat(text("/openstack/latest/vendor_data.json")).contains("{}");
        assertThat(text("/openstack").orElseThrow().lines()).contains("2012-08-10", "latest");
        assertThat(text("/openstack/latest/").orElseThrow().lines())
                .containsExactly(
                        "meta_data.json",
                        "user_data",
                        "password",
                        "vendor_data.json",
                        "network_data.json",
                        "vendor_data2.json");
    }

    @Test
    void anOlderVersionHasOnlyWhatItHadThen() {
        assertThat(text("/openstack/2012-08-10").orElseThrow().lines()).containsExactly("meta_data.json", "user_data");
        assertThat(text("/openstack/2012-08-10/network_data.json")).isEmpty();
        assertThat(text("/openstack/1999-01-01/meta_data.json")).isEmpty();
    }

    @Test
    void ec2FormIsATreeOfLines() {
        assertThat(text("/").orElseThrow().lines()).contains("1.0", "2009-04-04", "latest");
        assertThat(text("/latest")).contains("meta-data/\nuser-data");
        assertThat(text("/latest/meta-data/").orElseThrow().lines())
                .contains("hostname", "instance-id", "placement/", "public-keys/");
        assertThat(text("/latest/meta-data/hostname")).contains("web-1");
        assertThat(text("/2009-04-04/meta-data/local-ipv4")).contains("10.1.0.5");
        assertThat(text("/latest/meta-data/public-ipv4")).contains("203.0.113.5");
        assertThat(text("/latest/meta-data/instance-type")).contains("u1.nano");
        assertThat(text("/latest/meta-data/instance-id").orElseThrow()).matches("i-[0-9a-f]{17}");
        assertThat(text("/latest/meta-data/security-groups")).contains("default\nweb");
        assertThat(text("/latest/meta-data/placement/availability-zone")).contains("east");
        assertThat(text("/latest/meta-data/public-keys/")).contains("0=mine");
        assertThat(text("/latest/meta-data/public-keys/0/")).contains("openssh-key");
        assertThat(text("/latest/meta-data/public-keys/0/openssh-key")).contains("ssh-ed25519 AAAA me");
        assertThat(text("/latest/user-data")).contains("#!/bin/sh");
        assertThat(text("/latest/meta-data/hostname/more")).isEmpty();
        assertThat(text("/latest/dynamic")).isEmpty();
    }

    @Test
    void ec2FormNamesTheDisksBesideTheGuestsOwn() {
        Guest guest = guest("")
                .addLocalDisks(LocalDisk.newBuilder().setName("ephemeral0"))
                .addLocalDisks(LocalDisk.newBuilder().setName("swap"))
                .build();

        assertThat(text(guest, "/latest/meta-data/block-device-mapping/")
                        .orElseThrow()
                        .lines())
                .containsExactly("ami", "ephemeral0", "root", "swap");
        assertThat(text(guest, "/latest/meta-data/block-device-mapping/swap")).contains("/dev/vdc");
    }

    @Test
    void withoutUserDataThereIsNoneAndNoneIsListed() {
        Guest guest = guest("").build();

        assertThat(MetadataDocuments.find(guest, "/openstack/latest/user_data")).isEmpty();
        assertThat(MetadataDocuments.find(guest, "/latest/user-data")).isEmpty();
        assertThat(text(guest, "/latest")).contains("meta-data/");
    }

    @Test
    void aGuestWithoutConfigDriveIsToldTheSame() {
        Guest with = guest("data").build();
        Guest without = with.toBuilder()
                .clearConfigDrive()
                .setMetadata(with.getMetadata().toBuilder().setFiles(with.getConfigDrive()))
                .build();

        assertThat(text(without, "/openstack/latest/meta_data.json")).contains(META_DATA);
        assertThat(text(without, "/latest/user-data")).contains("data");
    }

    private static Optional<String> text(String path) {
        return text(guest("#!/bin/sh").build(), path);
    }

    private static Optional<String> text(Guest guest, String path) {
        return MetadataDocuments.find(guest, path)
                .map(document -> new String(document.content(), StandardCharsets.UTF_8));
    }
}
