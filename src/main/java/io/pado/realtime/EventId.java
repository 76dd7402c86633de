package io.pado.realtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an event in the log. One sequence runs over all topics, so that one id resumes a stream of many topics;
 * the epoch names the log itself and changes when the log was lost, so that a number of the old log is never mistaken for one
 * of the new.
 *
 * @param epoch    4 to 32 lower-case letters and digits
 * @param sequence from 1; 0 stands for "before the first event"
 */
public record EventId(String epoch, long sequence) {

    private static final Pattern FORM = Pattern.compile("([a-z0-9]{4,32})-(\\d{1,18})");

    /**
     * Reads the id that a client sent back.
     *
     * @param text what {@link #toString()} gave, or anything else
     * @return the id, or empty if the text is none
     */
    public static Optional<EventId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The form that travels in an SSE {@code id:} line: {@code <epoch>-<sequence>}. */
    @Override
    public String toString() {
        return epoch + '-' + sequence;
    }
}
