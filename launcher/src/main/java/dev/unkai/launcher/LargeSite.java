package dev.unkai.launcher;

/** What a site of more than some thousand servers gives its processes: {@code UNKAI_CLOUD_HEAP_MIB=2048 UNKAI_DATABASE_BUFFERS_MIB=1024 ./unkai up}. */
final class LargeSite {
    private LargeSite() {}

    /** @return the mebibytes that the environment variable says, but never less than what is enough for an ordinary site */
    static int mib(String variable, int ordinary) {
        String wanted = System.getenv(variable);
        return wanted != null && wanted.matches("[1-9][0-9]{1,5}")
                ? Math.max(ordinary, Integer.parseInt(wanted))
                : ordinary;
    }
}
