package dev.unkai.node.hypervisor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running guest's description as it is to be at another host: its files there, its disk on no base. */
final class MigrationDocument {
    private static final Pattern DISK = Pattern.compile("<disk .*?</disk>", Pattern.DOTALL);

    private MigrationDocument() {}

    static String of(String xml, MigrationRoute route) {
        Matcher disks = DISK.matcher(xml);
        StringBuilder changed = new StringBuilder();
        while (disks.find()) {
            String disk = disks.group();
            boolean carried = disk.contains("<target dev='" + route.disk() + "'");
            disks.appendReplacement(changed, Matcher.quoteReplacement(carried ? onNothing(disk) : disk));
        }
        disks.appendTail(changed);
        return changed.toString().replace(route.directory() + "/", route.targetDirectory() + "/");
    }

    /** The whole disk is carried over, that of the base too. */
    private static String onNothing(String disk) {
        int from = disk.indexOf("<backingStore type");
        int to = disk.lastIndexOf("</backingStore>");
        return from < 0 || to < from
                ? disk
                : disk.substring(0, from) + "<backingStore/>" + disk.substring(to + "</backingStore>".length());
    }
}
