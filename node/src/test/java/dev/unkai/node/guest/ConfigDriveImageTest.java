package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unkai.node.Commands;
import dev.unkai.wire.node.ConfigDrive;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDriveImageTest {
    @TempDir
    private Path directory;

    @Test
    void othersReadTheFilesBackByTheirNames() throws Exception {
        byte[] script = ("#!/bin/sh\n" + "echo 雲海\n".repeat(900)).getBytes("UTF-8");
        Path image = write(ConfigDrive.newBuilder()
                .setMetaDataJson("{\"hostname\":\"web-1\"}")
                .setNetworkDataJson("{\"links\":[]}")
                .setUserData(ByteString.copyFrom(script))
                .setVendorDataJson("{}")
                .build());

        Commands.run(
                "osirrox",
                "-indev",
                image.toString(),
                "-extract",
                "/",
                directory.resolve("out").toString());

        Path latest = directory.resolve("out/openstack/latest");
        assertThat(latest.resolve("meta_data.json")).hasContent("{\"hostname\":\"web-1\"}");
        assertThat(latest.resolve("network_data.json")).hasContent("{\"links\":[]}");
        assertThat(latest.resolve("user_data")).hasBinaryContent(script);
        assertThat(latest.resolve("vendor_data.json")).hasContent("{}");
    }

    @Test
    void theVolumeIsFoundByItsLabel() throws Exception {
        Path image = write(ConfigDrive.newBuilder().setMetaDataJson("{}").build());

        assertThat(Commands.run("blkid", "-p", "-o", "value", "-s", "LABEL", "-s", "TYPE", image.toString()))
                .isEqualToIgnoringWhitespace("config-2 iso9660");
    }

    @Test
    void aFileWithoutContentIsLeftOut() throws Exception {
        Path image = write(ConfigDrive.newBuilder().setMetaDataJson("{}").build());

        Commands.run(
                "osirrox",
                "-indev",
                image.toString(),
                "-extract",
                "/",
                directory.resolve("out").toString());

        try (var files = Files.list(directory.resolve("out/openstack/latest"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("meta_data.json");
        }
    }

    private Path write(ConfigDrive drive) throws Exception {
        return Files.write(directory.resolve("config.iso"), ConfigDriveImage.of(drive));
    }
}
