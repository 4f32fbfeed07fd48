package dev.unkai.base.access;

/** How far a caller's database work may see: one project's rows, or the provider's whole estate. */
public sealed interface Reach {
    /** Rows of one project only; row-level security holds it. */
    record Project(String id) implements Reach {}

    /** All rows: an operator's request. */
    record Provider() implements Reach {}

    /** No customer's rows at all: a request without a project. */
    record Nothing() implements Reach {}
}
