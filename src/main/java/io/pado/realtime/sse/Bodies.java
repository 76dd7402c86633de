package io.pado.realtime.sse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes text of events' data by the message body writers of the JAX-RS application whose requests use a broadcaster: by those of the current request, else of
 * the last one. Thread-safe.
 */
final class Bodies {

    private static final Logger LOG = Logger.getLogger(Bodies.class.getName());
    static final String WRITERS = Bodies.class.getName();
    private static final Annotation[] NONE = {};

    private final HttpServletRequest request;
    private volatile Providers writers;

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

    @SuppressWarnings("unchecked")
    private String written(Object data, OutboundSseEvent event, MediaType type) throws IOException {
        Providers current = writers;
        MessageBodyWriter<Object> writer = current == null ? null
                : (MessageBodyWriter<Object>) current.getMessageBodyWriter(event.getType(), event.getGenericType(), NONE, type);
        if (writer == null) {
            throw new IllegalArgumentException("No message body writer makes " + type + " of " + data.getClass().getName());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.writeTo(data, event.getType(), event.getGenericType(), NONE, type, new MultivaluedHashMap<>(), bytes);
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        return bytes.toString(charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
    }
}
