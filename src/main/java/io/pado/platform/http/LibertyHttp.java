package io.pado.platform.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.WebConnection;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one place that knows Open Liberty's own HTTP classes. They are hidden from applications, so they are called by reflection,
 * and whoever calls this must have another way for a runtime that lacks them.
 */
public final class LibertyHttp {

    private static final Logger LOG = Logger.getLogger(LibertyHttp.class.getName());
    /** The class of a connection without TLS; one with TLS has another. */
    private static final String PLAIN_LINK = "TCPConnLink";
    private static final Integer NO_HTTP2_STREAM = -1;
    private static final AtomicBoolean MISSED = new AtomicBoolean();

    private LibertyHttp() {
    }

    /**
     * Asks the server to leave the body of the current answer open when the request is upgraded. Otherwise it ends a chunked body
     * with its last chunk before it hands the connection over (measured with 26.0.0.5).
     *
     * @return whether the server will; if not, as always over HTTP/2, the request must not be upgraded in the middle of its answer
     */
    public static boolean leaveBodyOpen(ServletRequest request) {
        try {
            Object link = link(request);
            if (!call(link, "getStreamId").equals(NO_HTTP2_STREAM)) {
                return false;
            }
            link.getClass().getMethod("setSuppressZeroByteChunk", boolean.class).invoke(link, true);
            return true;
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            if (MISSED.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "This server is not the one that Pado was tuned for: each open stream takes several times"
                        + " the memory, and its end is noticed only by the next heartbeat.", otherServer);
            }
            return false;
        }
    }

    /** Takes {@link #leaveBodyOpen} back: the request is not upgraded after all. */
    public static void endBody(ServletRequest request) {
        try {
            Object link = link(request);
            link.getClass().getMethod("setSuppressZeroByteChunk", boolean.class).invoke(link, false);
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "A response may end without its last chunk", otherServer);
        }
    }

    /**
     * Has the server close the request's connection once it was upgraded and has ended. Otherwise, unless the head of the answer says that it
     * closes, it waits half a minute for a next request (measured with 26.0.0.5).
     */
    public static void expectNoOtherRequest(ServletRequest request) {
        try {
            Object context = call(call(link(request), "getHttpInboundLink"), "getHTTPContext");
            context.getClass().getMethod("setPersistent", boolean.class).invoke(context, false);
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "The connection of a request may stay open after it has ended", otherServer);
        }
    }

    /**
     * Finds out when a client resets the HTTP/2 stream of a request: the container tells nobody, and what is written then may seem to be
     * sent (seen with 26.0.0.5).
     *
     * @return whether the stream has ended, each time that it is asked; nothing if the request did not come over HTTP/2, or this cannot be
     *         found out
     */
    public static Optional<BooleanSupplier> streamEnd(ServletRequest request) {
        try {
            Object link = link(request);
            Object id = call(link, "getStreamId");
            if (id.equals(NO_HTTP2_STREAM)) {
                return Optional.empty();
            }
            Object inbound = call(link, "getHttpInboundLink");
            Object connection = inbound.getClass().getField("muxLink").get(inbound);
            Object stream = connection.getClass().getMethod("getStreamProcessor", Integer.class).invoke(connection, id);
            return Optional.of(stream == null ? () -> true : () -> isClosed(stream));
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "The HTTP/2 stream of a request could not be found", otherServer);
            return Optional.empty();
        }
    }

    private static boolean isClosed(Object stream) {
        try {
            return (boolean) call(stream, "isStreamClosed");
        } catch (ReflectiveOperationException otherServer) {
            LOG.log(Level.FINE, "Whether an HTTP/2 stream has ended could not be found out", otherServer);
            return false;
        }
    }

    /** @return whether a request is a stream of HTTP/2; one that has changed to it names HTTP/1.1 as its protocol still */
    static boolean isHttp2(HttpServletRequest request) {
        try {
            return !call(link(request), "getStreamId").equals(NO_HTTP2_STREAM);
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "Whether a request came over HTTP/2 could not be found out", otherServer);
            return request.getProtocol().startsWith("HTTP/2");
        }
    }

    /**
     * Tells whether the whole body of a request came along with its head, so that reading it waits for nobody.
     *
     * @return false also where that is not known: of a body in chunks, on another server
     */
    static boolean bodyIsThere(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        try {
            if (length < 0) {
                return false;
            }
            Object buffer = call(call(call(link(request), "getHttpInboundLink"), "getHTTPContext"), "getReadBuffer");
            return buffer != null && (int) call(buffer, "remaining") >= length;
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "Whether a body is there could not be found out", otherServer);
            return false;
        }
    }

    /**
     * Finds what the server locks while it calls the listener of a body. Whoever reads on outside of such a call must hold it too: otherwise what comes in that
     * moment may leave the server in the belief that it waits for more, and the listener is never called again (seen with 26.0.0.5).
     */
    static Object readLock(ServletInputStream body) {
        try {
            return call(body, "getCompleteLockObj");
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "What the server locks while a body comes could not be found", otherServer);
            return body;
        }
    }

    /**
     * Has a waiting request go on, at a path of this application. Liberty remembers on each thread what it knows of the request that was
     * there last, and takes that for the request that goes on: one of several hundred was answered with 200 and nothing, and was not done
     * (seen with 26.0.0.5). So it must forget that first.
     */
    static void dispatch(AsyncContext waiting, ServletRequest request, String path) {
        try {
            Class<?> known = unwrapped(request).getClass();
            while (!known.getSimpleName().equals("SRTServletRequest")) {
                known = known.getSuperclass();
            }
            Class<?> data = known.getClassLoader().loadClass(known.getName() + "ThreadData");
            data.getMethod("init", data).invoke(data.getMethod("getInstance").invoke(null), (Object) null);
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "What a thread remembers of its last request could not be found", otherServer);
        }
        waiting.dispatch(path);
    }

    /**
     * Has an upgraded connection give back the buffer of 8 KiB that it keeps from its first write on (measured with 26.0.0.5). It takes
     * another one from the server's pool with the next write. Where that cannot be asked for the memory is kept, and nothing else.
     *
     * @param output flushed; nobody may write at the same time
     */
    public static void freeBuffer(OutputStream output) {
        try {
            Object helper = call(output, "getBufferHelper");
            Method clear = helper.getClass().getDeclaredMethod("clear");
            clear.setAccessible(true);
            clear.invoke(helper);
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "The buffer of an upgraded connection could not be freed", otherServer);
        }
    }

    /**
     * Finds the socket of an upgraded connection. What is written to it straight costs two thirds of a write by the connection's stream
     * (measured with 26.0.0.5); both may be used in turn, by one thread at a time, while the stream is flushed. It never blocks: it takes what
     * fits, and the rest is the stream's.
     *
     * @return nothing if the connection is encrypted by this server, or the server is another one
     */
    public static Optional<SocketChannel> socket(WebConnection connection) {
        try {
            Object link = call(connection, "getTCPConnectionContext");
            if (!link.getClass().getSimpleName().equals(PLAIN_LINK)) {
                return Optional.empty();
            }
            SocketChannel channel = ((Socket) call(call(link, "getSocketIOChannel"), "getSocket")).getChannel();
            // One that blocks would hold up the thread that serves all slow peers.
            return channel == null || channel.isBlocking() ? Optional.empty() : Optional.of(channel);
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "The socket of an upgraded connection could not be found", otherServer);
            return Optional.empty();
        }
    }

    /**
     * Has the server hear all connections of an upgraded one's endpoint with one thread that never ends. Otherwise each thousand gets a
     * thread of its own, which ends some time after the last of them has gone; a connection that is handed to it in that very moment is
     * never read, never answered and never closed (measured with 26.0.0.5: in waves of 10,000 connections up to 21 at a time).
     *
     * <p>Liberty keeps that number once for the whole server, so it counts for connections of other applications too. It is written once, when the first
     * connection leaves HTTP, and stays until the server ends; {@code pado.stream.one.reader=false} leaves it alone.
     */
    public static void hearWithOneThread(WebConnection connection) {
        try {
            Object link = call(connection, "getTCPConnectionContext");
            if (link.getClass().getSimpleName().equals(PLAIN_LINK)) {
                Object channel = call(link, "getTCPChannel");
                Object queues = accessible(channel.getClass(), "workQueueManager").get(channel);
                Field most = accessible(queues.getClass(), "maxKeysPerSelector");
                if (most.getInt(queues) != Integer.MAX_VALUE) {
                    most.setInt(queues, Integer.MAX_VALUE);
                    LOG.info("All connections of this server are heard by one thread from now on (pado.stream.one.reader)");
                }
            }
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            LOG.log(Level.FINE, "The threads that hear connections could not be found", otherServer);
        }
    }

    private static Object link(ServletRequest request) throws ReflectiveOperationException {
        return call(call(call(unwrapped(request), "getIRequest"), "getHttpInboundConnection"), "getHttpDispatcherLink");
    }

    private static Field accessible(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static ServletRequest unwrapped(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }
}
