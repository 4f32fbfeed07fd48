package dev.unkai.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Domains equal to those of running servers, without Unkai: the same disk, memory and port, made by {@code virsh}. */
final class RawDomains {
    private final Path data;
    private final String libvirt;

    RawDomains(Path data) {
        this.data = data;
        this.libvirt = "qemu+unix:///system?socket=" + data.resolve("run/libvirt/libvirt-sock");
    }

    /** The XML of a twin of the running server, whose files are copied below {@code parent}; {@link #name} is its name. */
    Path twin(String server, Path parent) throws IOException, InterruptedException {
        UUID twin = UUID.nameUUIDFromBytes(server.getBytes(StandardCharsets.UTF_8));
        Path folder = Files.createDirectory(parent.resolve(twin.toString()));
        Path xml = folder.resolve("bench-" + twin.toString().substring(0, 8) + ".xml");
        String domain = copyFiles(virsh("dumpxml", "--security-info", server), server, folder)
                .replace(server, twin.toString())
                .replaceAll("<name>[^<]*</name>", "<name>" + name(xml) + "</name>")
                .replaceFirst("(?s)<domain ([^>]*) id='\\d+'", "<domain $1")
                .replaceAll("<seclabel[^>]*/>", "")
                .replaceAll("(?s)<seclabel.*?</seclabel>", "")
                .replaceAll("(?s)<metadata>.*?</metadata>", "")
                .replaceAll("<source mode='bind' path='[^']*guest_agent[^']*'/>", "")
                .replaceAll("<mac address='[^']*'/>", "");
        return Files.writeString(xml, domain);
    }

    /** The domain's name. */
    static String name(Path xml) {
        return xml.getFileName().toString().replace(".xml", "");
    }

    String virsh(String... words) throws IOException, InterruptedException {
        String[] all = new String[words.length + 3];
        System.arraycopy(new String[] {"virsh", "-c", libvirt}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        return run(all);
    }

    /** Disks, drives and sockets of the running server are its own: the raw domain gets copies in {@code folder}. */
    private String copyFiles(String domain, String server, Path folder) throws IOException, InterruptedException {
        run("chmod", "0777", folder.resolve("..").toString(), folder.toString());
        Path own = data.resolve("node/guests").resolve(server);
        for (String file : List.of("disk.qcow2", "config.iso")) {
            run("cp", "--sparse=always", own.resolve(file).toString(), folder.toString());
            run("chmod", "0666", folder.resolve(file).toString());
        }
        return domain.replace(own.toString(), folder.toString());
    }

    static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": " + output);
        }
        return output;
    }
}
