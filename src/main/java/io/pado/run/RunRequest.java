package io.pado.run;

import io.pado.realtime.Topic;
import java.util.Set;

/**
 * A run that is asked for.
 *
 * @param id      its name, 36 characters; the same id again is the same run
 * @param kind    which feature's: {@code ai}, {@code chat}
 * @param owner   whose it is: {@code user:7}; empty for nobody's
 * @param address of the client, as a name, if nothing but its own word says whose the run is: its runs are counted under it too; empty with a token
 * @param room    where one run at a time goes on; empty for none
 * @param busy    what happens if another run of the room is under way
 * @param content what was asked, so that the same id for something else is refused; any text
 * @param about   what the feature wants to know of it later; any text
 * @param also    further topics on which its events come, with ids of their own
 */
public record RunRequest(String id, String kind, String owner, String address, String room, WhenBusy busy, String content, String about, Set<Topic> also) {
}
