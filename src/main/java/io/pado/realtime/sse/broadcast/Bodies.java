package io.pado.realtime.sse.broadcast;

import io.pado.platform.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes text of events' data by the message body writers of the JAX-RS application whose requests use a broadcaster: by those of the current request, else of
 * the last one. Where no writer is known JSON and plain values are written as the platform does. Thread-safe.
 */
final class Bodies {

    private static final Logger LOG = Logger.getLogger(Bodies.class.getName());
    static final String WRITERS = Bodies.class.getName();
    private static final Annotation[] NONE = {};

    private final HttpServletRequest request;
    private final Map<Kind, MessageBodyWriter<Object>> known = new ConcurrentHashMap<>();
    private volatile Providers writers;

    private record Kind(Type data, MediaType media) {
    }

    /** @param request the current one, whichever that is */
    Bodies(HttpServletRequest request) {
        this.request = request;
    }

    /** Remembers the writers of the current request, if there is one. */
    void note() {
        try {
            if (request.getAttribute(WRITERS) instanceof Providers current) {
                writers = current;
            }
        } catch (RuntimeException none) {
            LOG.log(Level.FINEST, "There is no request on this thread", none);
        }
    }

    /**
     * @return the data as its writer writes it; empty if there is none
     * @throws IllegalArgumentException if nobody can write it
     */
    String text(OutboundSseEvent event) throws IOException {
        Object data = event.getData();
        if (data == null || data instanceof String) {
            return data == null ? "" : (String) data;
        }
        note();
        MediaType type = event.getMediaType() == null ? MediaType.TEXT_PLAIN_TYPE : event.getMediaType();
        return written(data, event, type);
    }

    private String written(Object data, OutboundSseEvent event, MediaType type) throws IOException {
        Optional<MessageBodyWriter<Object>> writer = writer(event, type);
        if (writer.isEmpty()) {
            return byItself(data, type);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.get().writeTo(data, event.getType(), event.getGenericType(), NONE, type, new MultivaluedHashMap<>(), bytes);
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        return bytes.toString(charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
    }

    /** Some runtimes find writers on the threads of requests only; what was found there serves other threads too. */
    private Optional<MessageBodyWriter<Object>> writer(OutboundSseEvent event, MediaType type) {
        Kind kind = new Kind(event.getGenericType(), type);
        MessageBodyWriter<Object> found = found(event, type);
        if (found == null) {
            return Optional.ofNullable(known.get(kind));
        }
        known.put(kind, found);
        return Optional.of(found);
    }

    @SuppressWarnings("unchecked")
    private MessageBodyWriter<Object> found(OutboundSseEvent event, MediaType type) {
        Providers current = writers;
        try {
            return current == null ? null : (MessageBodyWriter<Object>) current.getMessageBodyWriter(event.getType(), event.getGenericType(), NONE, type);
        } catch (RuntimeException noRequest) {
            LOG.log(Level.FINE, "Writers cannot be asked for on this thread", noRequest);
            return null;
        }
    }

    private static String byItself(Object data, MediaType type) {
        if (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json")) {
            return Json.text(data);
        }
        if (data instanceof CharSequence || data instanceof Number || data instanceof Boolean || data instanceof Character) {
            return data.toString();
        }
        throw new IllegalArgumentException("No message body writer makes " + type + " of " + data.getClass().getName());
    }
}
