package io.pado.platform.model;

import java.time.Duration;

/**
 * What one answer may take.
 *
 * @param firstByte      from the request to the first byte of the body
 * @param silence        between two bytes; a comment line is a sign of life
 * @param total          the whole answer, with all attempts and pauses
 * @param retries        how often a question is asked again, if nothing was heard yet and it may help; 0 or more
 * @param firstPause     before the first retry; each further one is twice as long
 * @param longestPause   a model that wants to be left alone for longer than this is not asked again
 * @param mostCharacters of an answer
 */
public record ModelLimits(Duration firstByte, Duration silence, Duration total, int retries, Duration firstPause, Duration longestPause,
                   int mostCharacters) {

    /** @return the same with less time for everything */
    public ModelLimits within(Duration left) {
        return new ModelLimits(firstByte, silence, left, retries, firstPause, longestPause, mostCharacters);
    }
}
