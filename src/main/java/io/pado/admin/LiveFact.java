package io.pado.admin;

import io.pado.platform.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;

/**
 * An event for the admins who look, made without a request: a node tells its figures also when none of them asked this one.
 *
 * @param name what it is
 * @param json its data
 */
record LiveFact(String name, String json) implements OutboundSseEvent {

    static LiveFact of(String name, Object view) {
        return new LiveFact(name, Json.text(view));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Class<?> getType() {
        return String.class;
    }

    @Override
    public Type getGenericType() {
        return String.class;
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public Object getData() {
        return json;
    }

    /** @return null: the log gives it its id */
    @Override
    public String getId() {
        return null;
    }

    @Override
    public String getComment() {
        return null;
    }

    @Override
    public long getReconnectDelay() {
        return RECONNECT_NOT_SET;
    }

    @Override
    public boolean isReconnectDelaySet() {
        return false;
    }
}
