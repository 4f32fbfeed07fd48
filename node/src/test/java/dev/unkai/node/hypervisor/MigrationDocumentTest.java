package dev.unkai.node.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrationDocumentTest {
    private static final String DOMAIN = """
            <domain><devices>
            <disk type='file' device='disk'><source file='/a/guests/1/disk.qcow2'/>
            <backingStore type='file'><format type='raw'/><source file='/a/images/base'/><backingStore/></backingStore>
            <target dev='vda' bus='virtio'/></disk>
            <disk type='file' device='disk'><source file='/a/guests/1/local-ephemeral0.qcow2'/><backingStore/>
            <target dev='vdb' bus='virtio'/></disk>
            <disk type='file' device='disk'><source file='/a/guests/1/config.iso'/>
            <target dev='vdc' bus='virtio'/><readonly/></disk>
            </devices></domain>""";

    @Test
    void everyDiskThatTheGuestCanWriteIsCarriedOver() {
        assertThat(MigrationDocument.disks(DOMAIN)).containsExactly("vda", "vdb");
    }

    @Test
    void theFilesAreThoseOfTheOtherHostAndLieOnNothing() {
        String there = MigrationDocument.of(DOMAIN, new MigrationRoute("c", "m", "b", "/a/guests/1", "/z/guests/1", 0));

        assertThat(there)
                .contains("'/z/guests/1/disk.qcow2'")
                .contains("'/z/guests/1/local-ephemeral0.qcow2'")
                .contains("'/z/guests/1/config.iso'")
                .doesNotContain("/a/");
    }
}
