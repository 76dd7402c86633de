package io.pado.realtime;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The way of one subscriber into the live stream: it is held back since it was registered, gets what it missed page by page,
 * each written before the next is read, then goes live. Runs once, on a writer thread.
 */
public final class Join implements Runnable {

    /** Events of each topic that are read at a time: a slow reader's replay takes no more memory than this. */
    static final int PAGE = 200;

    private final Hub hub;
    private final Subscriber subscriber;
    private final EventId start;
    private final Optional<Notice> notice;
    private Replay page;

    Join(Hub hub, Subscriber subscriber, EventId start, Optional<Notice> notice, Replay page) {
        this.hub = hub;
        this.subscriber = subscriber;
        this.start = start;
        this.notice = notice;
        this.page = page;
    }

    /** The reader has everything up to here before anything else is sent; the right id for its first frame. */
    public EventId start() {
        return start;
    }

    /** Sends what was missed and goes live; on failure the subscriber's connection ends. */
    @Override
    public void run() {
        try {
            if (notice.isPresent()) {
                write(subscriber.wire().notice(notice.get()));
            }
            replay();
            subscriber.goLive(page.sequence());
        } catch (IOException peerIsGone) {
            subscriber.end(CloseReason.GONE);
        } catch (LogUnavailable unavailable) {
            subscriber.end(new CloseReason("unavailable", "What you missed cannot be read right now; reconnect.", true));
        }
    }

    private void replay() throws IOException {
        for (;;) {
            for (Envelope missed : page.events()) {
                write(subscriber.wire().event(missed));
            }
            if (page.complete()) {
                return;
            }
            page = hub.read(after(subscriber, page.reach()), PAGE);
            if (!page.holes().isEmpty()) {
                write(subscriber.wire().notice(Notice.HISTORY_GONE));
            }
        }
    }

    private void write(byte[] frame) throws IOException {
        subscriber.connection().write(frame);
    }

    static Map<Topic, Long> after(Subscriber subscriber, long sequence) {
        return subscriber.topics().stream().collect(Collectors.toMap(Function.identity(), topic -> sequence));
    }
}
