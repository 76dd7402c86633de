package io.pado.chat;

import io.pado.platform.mongo.DocumentIds;
import java.util.List;

/**
 * A room, for what happens in it.
 *
 * @param id       {@code _id} of its document
 * @param kind     direct, group or one_on_one; null if another program did not say
 * @param personas characters that answer in it; none in a room of people
 */
public record ChatRoom(Object id, String kind, List<Long> personas) {

    /** @return whether it is for one user and one character */
    public boolean isOneOnOne() {
        return Rooms.ONE_ON_ONE.equals(kind);
    }

    /** @return its name for programs */
    public String name() {
        return DocumentIds.text(id);
    }

    /** @return the same in a form that names of topics and keys can have */
    public String word() {
        return DocumentIds.word(id);
    }
}
