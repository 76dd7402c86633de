package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The open cursors on changes, and the clients that wait for the next one. */
final class ChangeStreams {

    /** Above those of ordinary cursors. */
    private static final long FIRST_ID = 1L << 40;
    private static final long USUAL_WAIT_MILLIS = 1_000;
    private static final int USUAL_BATCH = 101;

    private final ChangeLog log;
    private final ChangeEvents events;
    private final Function<StreamOptions, UnaryOperator<List<Document>>> pipelines;
    private final Map<Long, ChangeCursor> cursors = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long lastId = FIRST_ID;

    /** A client that asked for more when there was none. */
    private record Waiting(ChangeCursor cursor, long id, int most, Channel channel, Consumer<Document> client) {
    }

    /** @param pipelines makes the stages of a client's pipeline, once for each cursor */
    ChangeStreams(ChangeLog log, ChangeEvents events, Function<StreamOptions, UnaryOperator<List<Document>>> pipelines) {
        this.log = log;
        this.events = events;
        this.pipelines = pipelines;
    }

    /** Answers {@code aggregate} with {@code $changeStream}. */
    Document open(StreamOptions options, Document command) {
        ChangeCursor cursor = new ChangeCursor(++lastId, options, log, events, pipelines.apply(options));
        int most = (int) Bson.number((Document) command.getOrDefault("cursor", new Document()), "batchSize", USUAL_BATCH);
        List<Document> first = cursor.next(most);
        if (cursor.id() != 0) {
            cursors.put(lastId, cursor);
        }
        return cursor.answer("firstBatch", first);
    }

    boolean has(long id) {
        return id >= FIRST_ID;
    }

    /** Answers {@code getMore}: at once if there is something, else when there is, or when the client has waited for long enough. */
    void more(long id, Document command, Channel channel, EventExecutor timer, Consumer<Document> client) {
        ChangeCursor cursor = cursors.get(id);
        if (cursor == null) {
            throw CommandFailure.cursorNotFound(id);
        }
        long asked = Bson.number(command, "batchSize", 0);
        Waiting request = new Waiting(cursor, id, asked == 0 ? Integer.MAX_VALUE : (int) asked, channel, client);
        if (!answers(request)) {
            waiting.add(request);
            timer.schedule(() -> giveUp(request), Bson.number(command, "maxTimeMS", USUAL_WAIT_MILLIS), TimeUnit.MILLISECONDS);
        }
    }

    /** Something was committed: answers those who waited for it. */
    void wake() {
        waiting.removeIf(this::answers);
    }

    private boolean answers(Waiting request) {
        try {
            List<Document> batch = request.cursor().next(request.most());
            if (batch.isEmpty() && request.cursor().id() != 0) {
                return false;
            }
            answer(request, batch);
        } catch (RuntimeException failure) {
            cursors.remove(request.id());
            request.client().accept(CommandFailure.answer(failure));
        }
        return true;
    }

    private void giveUp(Waiting request) {
        if (waiting.remove(request)) {
            answer(request, List.of());
        }
    }

    private void answer(Waiting request, List<Document> batch) {
        if (request.cursor().id() == 0) {
            cursors.remove(request.id());
        }
        request.client().accept(request.cursor().answer("nextBatch", batch));
    }

    /** @return whether there was such a cursor; whoever waits on it is told */
    boolean kill(long id) {
        boolean known = cursors.remove(id) != null;
        waiting.removeIf(request -> {
            if (request.id() == id) {
                request.client().accept(CommandFailure.answer(CommandFailure.cursorKilled()));
            }
            return request.id() == id;
        });
        return known;
    }

    /** A client is gone: the cursors that it waited on end. */
    void forget(Channel channel) {
        waiting.removeIf(request -> {
            if (request.channel() == channel) {
                cursors.remove(request.id());
            }
            return request.channel() == channel;
        });
    }

    /** All clients are gone. */
    void clear() {
        cursors.clear();
        waiting.clear();
    }

    /** How many are open. */
    int open() {
        return cursors.size();
    }

    /** On how many of them a client waits. */
    int pinned() {
        return waiting.size();
    }
}
