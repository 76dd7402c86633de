package io.pado.run.making;

import java.util.Map;

/**
 * What the store is sure to have of a run at one moment, to be stored again if it was lost.
 *
 * @param steps  number of the last step
 * @param text   so far
 * @param fields of the state
 */
record Backup(long steps, String text, Map<String, String> fields) {
}
