package io.pado.platform.sql;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * It is time to delete rows that count for nothing any more; a CDI event. An observer has a transaction of its own, deletes {@value #PORTION} rows at
 * most and says how many these were; while there may be more it is asked again. So no statement takes long, however many rows have come together.
 *
 * @param more whether one has found as many as it may delete
 */
public record Purge(AtomicBoolean more) {

    /** The most rows that one statement deletes. */
    public static final int PORTION = 10_000;

    Purge() {
        this(new AtomicBoolean());
    }

    /** Says how many rows one statement has deleted. */
    public void deleted(int rows) {
        if (rows >= PORTION) {
            more.set(true);
        }
    }

    boolean hasMore() {
        return more.get();
    }

    /**
     * @param table     of which rows are deleted
     * @param condition SQL: which ones
     * @return SQL that deletes {@value #PORTION} of them at most
     */
    public static String statement(String table, String condition) {
        return "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + table + " WHERE " + condition + " LIMIT " + PORTION + "))";
    }
}
