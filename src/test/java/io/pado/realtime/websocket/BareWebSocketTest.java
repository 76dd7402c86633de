package io.pado.realtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Frame;
import io.pado.realtime.carrier.BareConnection;
import io.pado.realtime.carrier.Carriers;
import io.pado.realtime.carrier.SlowPeers;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class BareWebSocketTest {

    private static final byte[] HELLO = Frames.framed(Frames.text("hello"));

    private final BareConnection bare = new BareConnection();
    private final BareWebSocket connection = new BareWebSocket(bare, null, Runnable::run);
    private final FakeCarrier carrier = new FakeCarrier();

    @Test
    void closingSaysWhy() {
        carrier.open();
        connection.close(CloseReason.STOPPING);

        assertThat(carrier.closed).isTrue();
        assertThat(carrier.written.toByteArray()).isEqualTo(Frames.close(1012, CloseReason.STOPPING.code()));
    }

    @Test
    void framesGoOutTogetherAndTheReasonOfTheEndLast() throws Exception {
        carrier.open();
        Frame hello = Frame.unnumbered(Frames.text("hello"));
        assertThat(connection.write(List.of(hello, hello), this::hasNoRest)).isTrue();
        connection.close(CloseReason.SLOW);

        byte[] end = Frames.close(1013, CloseReason.SLOW.code());
        assertThat(carrier.written.toByteArray()).startsWith(HELLO).endsWith(end).hasSize(2 * HELLO.length + end.length);
        assertThat(carrier.closed).isTrue();
    }

    private void hasNoRest() {
        throw new AssertionError("all was written");
    }

    /** What a container gives for an upgraded request. */
    private final class FakeCarrier extends ServletOutputStream implements WebConnection {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean closed;

        private boolean watched;

        void open() {
            bare.prepare(new BareConnection.Listener() {
                @Override
                public void opened() {
                    assertThat(watched).as("the container listens before anything can be written or closed").isTrue();
                }

                @Override
                public boolean received(byte[] bytes, int count) {
                    throw new AssertionError("nothing is sent here");
                }

                @Override
                public void overrun() {
                    throw new AssertionError("nothing is sent here");
                }

                @Override
                public void gone() {
                    closed = true;
                }
            }, new SlowPeers(), new Carriers() {
                @Override
                public boolean hearsWithOneThread() {
                    return false;
                }
            });
            bare.init(this);
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return this;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {

                @Override
                public void setReadListener(ReadListener listener) {
                    watched = true;
                }

                @Override
                public int read() {
                    return -1;
                }

                @Override
                public boolean isFinished() {
                    return false;
                }

                @Override
                public boolean isReady() {
                    return false;
                }
            };
        }

        @Override
        public void write(int each) {
            written.write(each);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("writes wait");
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
