package dev.unkai.web.seal;

/**
 * A column whose values lie sealed.
 *
 * @param place SQL for the place of a row that its value was sealed for
 */
public record SealedColumn(String table, String column, String place) {
    /** One whose values were sealed for no place. */
    public static SealedColumn anywhere(String table, String column) {
        return new SealedColumn(table, column, "''");
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
