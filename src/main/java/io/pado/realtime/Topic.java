package io.pado.realtime;

import java.util.regex.Pattern;

/**
 * The validated name of a stream of events: lower-case words joined by colons, the later ones may hold ids
 * ({@code votes}, {@code poll:7}, {@code user:42:bookings}).
 *
 * @param name 1 to 200 characters
 */
public record Topic(String name) implements Comparable<Topic> {

    private static final int MAX_LENGTH = 200;
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_-]*(:[A-Za-z0-9._-]+)*");

    /** @throws IllegalArgumentException if the name does not have the form above */
    public Topic {
        if (name.length() > MAX_LENGTH || !FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a topic name: use words like poll:7, 200 characters at most");
        }
    }

    @Override
    public int compareTo(Topic other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
