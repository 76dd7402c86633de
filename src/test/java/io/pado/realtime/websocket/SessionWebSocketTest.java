package io.pado.realtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Frame;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a container's part made here, because each container gives the results of sends in a way of its own. */
class SessionWebSocketTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> sent = new ArrayList<>();
    private final Deque<SendHandler> underWay = new ArrayDeque<>();
    private final List<String> happened = new ArrayList<>();
    private boolean atOnce;
    private final SessionWebSocket connection = new SessionWebSocket(session(), 10, timer, Runnable::run, () -> happened.add("failed"));

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void oneMessageIsUnderWayAtATime() throws IOException {
        assertThat(connection.write(frames("a", "b"), () -> happened.add("later"))).isFalse();
        assertThat(sent).containsExactly("a");

        underWay.poll().onResult(new SendResult());
        assertThat(sent).containsExactly("a", "b");
        assertThat(happened).isEmpty();

        underWay.poll().onResult(new SendResult());
        assertThat(happened).containsExactly("later");
    }

    /** Liberty forgets a message that was under way when the peer closed the connection (seen with 26.0.0.5). */
    @Test
    void messageWhoseResultNeverComesEndsWithTheSession() throws IOException {
        connection.write(frames("a", "b"), () -> happened.add("later"));

        connection.gone();
        assertThat(happened).containsExactly("later");

        underWay.poll().onResult(new SendResult(new IOException("late")));
        assertThat(happened).containsExactly("later", "failed");
        assertThat(sent).containsExactly("a");
        assertThatThrownBy(() -> connection.write(frames("c"), () -> happened.add("later"))).isInstanceOf(IOException.class);
    }

    @Test
    void resultsMayComeWithinTheCallThatSends() throws IOException {
        atOnce = true;
        List<Frame> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.addAll(frames("x"));
        }
        connection.write(many, () -> happened.add("later"));

        assertThat(sent).hasSize(20_000);
        assertThat(happened).containsExactly("later");
    }

    @Test
    void pingsAreSentAsSuchInTheirPlace() throws IOException {
        atOnce = true;
        connection.write(List.of(frames("a").get(0), Frame.unnumbered(Frames.ping()), frames("b").get(0)), () -> happened.add("later"));

        assertThat(sent).containsExactly("a", "ping", "b");
        assertThat(happened).containsExactly("later");
    }

    @Test
    void peerThatDoesNotTakeAMessageIsGivenUp() throws IOException {
        connection.write(frames("a", "b"), () -> happened.add("later"));
        underWay.poll().onResult(new SendResult(new IOException("late")));

        assertThat(sent).containsExactly("a");
        assertThat(happened).containsExactly("failed", "later");
        assertThatThrownBy(() -> connection.write(frames("c"), () -> { })).isInstanceOf(IOException.class);
    }

    @Test
    void closingSaysWhy() {
        connection.close(CloseReason.STOPPING);
        connection.sayLast(1003, "send text");
        connection.close(CloseReason.GONE);

        assertThat(happened).containsExactly("1012 stopping", "1003 send text");
    }

    private static List<Frame> frames(String... texts) {
        return Arrays.stream(texts).map(text -> Frame.unnumbered(Frames.text(text))).toList();
    }

    private Session session() {
        RemoteEndpoint.Async remote = made(RemoteEndpoint.Async.class, (method, arguments) -> {
            if (method.equals("sendText")) {
                sent.add((String) arguments[0]);
                if (atOnce) {
                    ((SendHandler) arguments[1]).onResult(new SendResult());
                } else {
                    underWay.add((SendHandler) arguments[1]);
                }
            } else if (method.equals("sendPing")) {
                sent.add("ping");
            }
            return null;
        });
        return made(Session.class, (method, arguments) -> {
            if (method.equals("close")) {
                jakarta.websocket.CloseReason reason = (jakarta.websocket.CloseReason) arguments[0];
                happened.add(reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
            }
            return method.equals("getAsyncRemote") ? remote : null;
        });
    }

    private interface Call {

        Object run(String method, Object[] arguments);
    }

    private static <T> T made(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> call.run(method.getName(), arguments)));
    }
}
