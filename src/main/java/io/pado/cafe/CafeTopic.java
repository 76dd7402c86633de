package io.pado.cafe;

import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import java.util.Arrays;
import java.util.Optional;

/**
 * The topics of the café: one for each event, so that listening to some events is listening to some topics. Two events have a second
 * topic, because not everybody may hear all of them.
 */
public enum CafeTopic {

    /** New orders. */
    ORDER_CREATED("cafe:order:created", "order:created", Audience.STAFF),
    /** Steps of an order, but for its cancellation. */
    ORDER_STATUS_CHANGED("cafe:order:status_changed", "order:status_changed", Audience.STAFF),
    /** Cancellations, with their reasons. */
    ORDER_CANCELLED("cafe:order:cancelled", "order:cancelled", Audience.STAFF),
    /** What the screen above the counter shows: all steps of all orders, and nothing personal such as the reason of a cancellation. */
    BOARD("cafe:board", "order:status_changed", Audience.GUESTS),
    /** A menu can be ordered no longer, or again. */
    MENU_SOLD_OUT_CHANGED("cafe:menu:sold_out_changed", "menu:sold_out_changed", Audience.ALL),
    /** New and edited menus. */
    MENU_CHANGED("cafe:menu:changed", "menu:changed", Audience.ALL),
    /** Points of a cell. */
    CELL_BALANCE_CHANGED("cafe:cell:balance_changed", "cell:balance_changed", Audience.STAFF),
    /** Settings that everybody may know. */
    SETTINGS_CHANGED("cafe:settings:changed", "settings:changed", Audience.ALL),
    /** Settings that only staff may know. */
    SETTINGS_INTERNAL("cafe:settings:internal", "settings:changed", Audience.STAFF);

    private final Topic topic;
    private final String event;
    private final Audience audience;

    /** Who hears a topic on {@code /ws}. What guests hear anybody may read; staff are told of it by other topics. */
    enum Audience { STAFF, GUESTS, ALL }

    CafeTopic(String topic, String event, Audience audience) {
        this.topic = new Topic(topic);
        this.event = event;
        this.audience = audience;
    }

    /** @return which one a topic is, if it is the café's */
    public static Optional<CafeTopic> of(Topic topic) {
        return Arrays.stream(values()).filter(each -> each.topic.equals(topic)).findFirst();
    }

    /** @return its name */
    public Topic topic() {
        return topic;
    }

    /** @return the type of its events, as clients know them */
    public String event() {
        return event;
    }

    Audience audience() {
        return audience;
    }

    /**
     * An event of this topic.
     *
     * @param key  what it is about; whoever publishes it holds a lock on that
     * @param data a record with the event's fields
     */
    public Publication publication(String key, Object data) {
        return new Publication(topic, event, key, Json.text(data), "");
    }
}
