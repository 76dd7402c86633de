package io.pado.run;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audience;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.SseFrame;
import java.util.List;
import java.util.Set;

/** Hears one run on one stream, for as long as its reader may: then the stream says a last word instead of what follows, and ends. Thread-safe. */
final class RunAudience implements Audience {

    private final RunReader reader;
    private final RunView run;

    // Guarded by this.
    private OpenStream stream;
    private boolean over;

    RunAudience(RunReader reader, RunView run) {
        this.reader = reader;
        this.run = run;
    }

    @Override
    public Set<Topic> topics(Caller caller) {
        if (reader.right().test(caller)) {
            return Set.of(run.topic());
        }
        OpenStream open;
        synchronized (this) {
            over = true;
            open = stream;
        }
        if (open != null) {
            open.send(lastWord());
            open.end();
        }
        return Set.of();
    }

    /** @param frames the head and what follows it. @return what the stream begins with, which is all if its reader may not hear the run any more */
    List<SseFrame> greeting(OpenStream opened, List<SseFrame> frames) {
        synchronized (this) {
            stream = opened;
            if (!over) {
                return frames;
            }
        }
        opened.end();
        return List.of(frames.get(0), lastWord());
    }

    private SseFrame lastWord() {
        return reader.wire().lastWord(run);
    }
}
