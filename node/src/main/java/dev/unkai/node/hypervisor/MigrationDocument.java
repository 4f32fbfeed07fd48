package dev.unkai.node.hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running guest's description as it is to be at another host: its files there, its disks on no base. */
final class MigrationDocument {
    private static final Pattern DISK = Pattern.compile("<disk .*?</disk>", Pattern.DOTALL);
    private static final Pattern TARGET = Pattern.compile("<target dev='([^']+)'");

    private MigrationDocument() {}

    /** The disks to be carried over, such as vda: all that the guest can write. */
    static List<String> disks(String xml) {
        List<String> carried = new ArrayList<>();
        Matcher disks = DISK.matcher(xml);
        while (disks.find()) {
            Matcher target = TARGET.matcher(disks.group());
            if (isCarried(disks.group()) && target.find()) {
                carried.add(target.group(1));
            }
        }
        return carried;
    }

    static String of(String xml, MigrationRoute route) {
        Matcher disks = DISK.matcher(xml);
        StringBuilder changed = new StringBuilder();
        while (disks.find()) {
            String disk = disks.group();
            disks.appendReplacement(changed, Matcher.quoteReplacement(isCarried(disk) ? onNothing(disk) : disk));
        }
        disks.appendTail(changed);
        return changed.toString().replace(route.directory() + "/", route.targetDirectory() + "/");
    }

    /** The config drive is not: the target's node writes it itself. */
    private static boolean isCarried(String disk) {
        return !disk.contains("<readonly/>");
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
