package io.pado.realtime.policy;

import io.pado.realtime.Topic;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names many topics at once: the words of a topic, of which {@code *} stands for any one word, {@code #} for a number, and {@code **} at
 * the end for any words or none ({@code votes}, {@code user:#}, {@code app:**}).
 *
 * @param text the pattern
 */
public record TopicPattern(String text) {

    private static final String ANY = "*";
    private static final String NUMBER = "#";
    private static final String REST = "**";
    private static final Pattern FORM = Pattern.compile("(?:[A-Za-z0-9._-]+|\\*|#)(?::(?:[A-Za-z0-9._-]+|\\*|#))*(?::\\*\\*)?|\\*\\*");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    /** @throws IllegalArgumentException if the text does not have the form above */
    public TopicPattern {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a pattern of topics: " + text);
        }
    }

    /** @return whether the topic is one of these */
    public boolean matches(Topic topic) {
        return meets(new TopicPattern(topic.name()));
    }

    /** @return whether some topic is one of both */
    public boolean overlaps(TopicPattern other) {
        return meets(other);
    }

    /** @return the first word; {@code *} if it is any */
    String word() {
        String first = words().get(0);
        return first.equals(REST) ? ANY : first;
    }

    private boolean meets(TopicPattern other) {
        List<String> mine = words();
        List<String> theirs = other.words();
        for (int i = 0;; i++) {
            String one = i < mine.size() ? mine.get(i) : "";
            String two = i < theirs.size() ? theirs.get(i) : "";
            if (one.equals(REST) || two.equals(REST) || one.isEmpty() && two.isEmpty()) {
                return true;
            }
            if (!meet(one, two)) {
                return false;
            }
        }
    }

    private static boolean meet(String one, String two) {
        if (one.isEmpty() || two.isEmpty()) {
            return false;
        }
        return one.equals(two) || one.equals(ANY) || two.equals(ANY)
                || one.equals(NUMBER) && DIGITS.matcher(two).matches() || two.equals(NUMBER) && DIGITS.matcher(one).matches();
    }

    private List<String> words() {
        return List.of(text.split(":"));
    }

    @Override
    public String toString() {
        return text;
    }
}
