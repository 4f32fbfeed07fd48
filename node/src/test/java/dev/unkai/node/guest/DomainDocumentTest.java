package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.host.Acceleration;
import dev.unkai.node.hypervisor.GuestMark;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Nic;
import dev.unkai.wire.node.Rescue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class DomainDocumentTest {
    private static final UUID ID = UUID.fromString("3f1c1b1e-45ab-4a39-9a55-0f6b6f1f0c11");
    private static final Path BASE = Path.of("/srv/unkai/images/base");

    private final GuestDirectory files = new GuestDirectory(ID, Path.of("/srv/it's <here>/" + ID));

    @Test
    void aGuestFinishesItsPacketsItselfWhereTheSwitchIsAProcess() throws Exception {
        DomainDocument process = new DomainDocument(new Acceleration(false, ""), "br-int", false, false);
        DomainDocument kernel = new DomainDocument(new Acceleration(false, ""), "br-int", true, false);

        assertThat(process.nicXml(guest().build().getNics(0)))
                .contains("<host csum='off'")
                .contains("<guest csum='off'");
        assertThat(kernel.nicXml(guest().build().getNics(0))).doesNotContain("csum");
    }

    @Test
    void describesTheHardwareOfThePlan() throws Exception {
        Document domain = parse(software().xml(guest().build(), files, Optional.of(BASE)));

        assertThat(at(domain, "/domain/@type")).isEqualTo("qemu");
        assertThat(at(domain, "/domain/uuid")).isEqualTo(ID.toString());
        assertThat(at(domain, "/domain/memory")).isEqualTo("512");
        assertThat(at(domain, "/domain/vcpu")).isEqualTo("2");
        assertThat(at(domain, "/domain/os/type/@machine")).isEqualTo("q35");
        assertThat(at(domain, "/domain/clock/@offset")).isEqualTo("utc");
        assertThat(at(domain, "//disk[1]/source/@file")).isEqualTo(files.disk().toString());
        assertThat(at(domain, "//disk[1]/backingStore/source/@file")).isEqualTo(BASE.toString());
        assertThat(at(domain, "//interface/mac/@address")).isEqualTo("fa:16:3e:00:00:01");
        assertThat(at(domain, "//interface/virtualport/parameters/@interfaceid"))
                .isEqualTo("port-1");
        assertThat(at(domain, "//interface/mtu/@size")).isEqualTo("1442");
        assertThat(at(domain, "//channel/target/@name")).isEqualTo("org.qemu.guest_agent.0");
        assertThat(at(domain, "//serial/source/@path"))
                .isEqualTo(files.serialSocket().toString());
        assertThat(at(domain, "count(//rng)")).isEqualTo("1");
    }

    @Test
    void aRescuedGuestBootsFromTheRescueDiskAndHasItsOwnAsTheSecond() throws Exception {
        Guest rescued = guest().setRescue(
                        Rescue.newBuilder().setDisk(Disk.newBuilder().setImageFormat("raw")))
                .setConfigDrive(ConfigDrive.getDefaultInstance())
                .build();
        Path image = Path.of("/images/rescue");

        Document domain = parse(software().xml(rescued, files, Optional.of(BASE), Optional.of(image)));

        assertThat(at(domain, "//disk[target/@dev='vda']/source/@file"))
                .isEqualTo(files.rescueDisk().toString());
        assertThat(at(domain, "//disk[target/@dev='vda']/backingStore/source/@file"))
                .isEqualTo(image.toString());
        assertThat(at(domain, "//disk[target/@dev='vda']/boot/@order")).isEqualTo("1");
        assertThat(at(domain, "//disk[target/@dev='vdb']/source/@file"))
                .isEqualTo(files.disk().toString());
        assertThat(at(domain, "//disk[target/@dev='vdc']/serial")).isEqualTo("config-2");
    }

    @Test
    void opensNoTcpPort() {
        String xml = software().xml(guest().build(), files, Optional.of(BASE));

        assertThat(xml).doesNotContain("listen").doesNotContain("port='59").doesNotContain("autoport");
    }

    @Test
    void nobodyButTheNodeMayOwnABaseImage() throws Exception {
        Document domain = parse(software().xml(guest().build(), files, Optional.of(BASE)));

        assertThat(at(domain, "//backingStore/source/seclabel/@relabel")).isEqualTo("no");
    }

    @Test
    void takesTheHostsProcessorWithKvmOnly() throws Exception {
        Document hardware = parse(new DomainDocument(new Acceleration(true, ""), "br-int", true, true)
                .xml(guest().build(), files, Optional.of(BASE)));

        assertThat(at(hardware, "/domain/@type")).isEqualTo("kvm");
        assertThat(at(hardware, "/domain/cpu/@mode")).isEqualTo("host-model");
        assertThat(at(hardware, "/domain/memtune/hard_limit")).isEqualTo("1536");
        assertThat(at(parse(software().xml(guest().build(), files, Optional.of(BASE))), "/domain/cpu/@mode"))
                .isEqualTo("custom");
    }

    @Test
    void uefiComesWithAVariableStoreOfItsOwn() throws Exception {
        Document domain =
                parse(software().xml(guest().setFirmware(Firmware.UEFI).build(), files, Optional.of(BASE)));

        assertThat(at(domain, "/domain/os/loader/@type")).isEqualTo("pflash");
        assertThat(at(domain, "/domain/os/nvram")).isEqualTo(files.variables().toString());
    }

    @Test
    void itsMarkTellsTheBoot() {
        String xml = software().xml(guest().setBoot(7).build(), files, Optional.of(BASE));

        assertThat(GuestMark.boot(xml.substring(xml.indexOf(GuestMark.NAMESPACE))))
                .hasValue(7);
    }

    private static DomainDocument software() {
        return new DomainDocument(new Acceleration(false, ""), "br-int", true, false);
    }

    private static Guest.Builder guest() {
        return Guest.newBuilder()
                .setId(ID.toString())
                .setGeneration(3)
                .setVcpus(2)
                .setMemoryMib(512)
                .setFirmware(Firmware.BIOS)
                .setDisk(Disk.newBuilder().setImageFormat("qcow2"))
                .addNics(Nic.newBuilder()
                        .setPortId("port-1")
                        .setMac("fa:16:3e:00:00:01")
                        .setMtu(1442));
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String at(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }
}
