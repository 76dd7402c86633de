package io.pado.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is measured, in the order in which it is run; README.md explains each. */
enum Scenario {
    WARMUP("warm-up"),
    FAN10("fan10", "cpuUsPerDelivery"),
    FAN50("fan50", "cpuUsPerDelivery"),
    FAN250("fan250", "cpuUsPerDelivery"),
    WS_WARMUP("ws-warm-up"),
    WS10("ws10", "cpuUsPerDelivery"),
    WS50("ws50", "cpuUsPerDelivery"),
    IDLE("idle", "kibEach"),
    VANISH("vanish", "descriptorsGoneSeconds"),
    MOST("most", "deliveriesPerSecond"),
    WIDE("wide", "p99Ms"),
    STALLED("stalled", "p99Ratio", "cpuRatio"),
    PUBLISH("publish", "eventsPerSecond"),
    CONNECTS("connects", "openedPerSecond"),
    WS_CONNECTS("wsconnects", "openedPerSecond");

    /** Those that can be asked for; a warm-up comes by itself. */
    static final List<Scenario> CHOICES = Arrays.stream(values()).filter(one -> !one.headlines.isEmpty()).toList();

    private final String id;
    private final List<String> headlines;

    Scenario(String id, String... headlines) {
        this.id = id;
        this.headlines = List.of(headlines);
    }

    /** The one that people call so, if it can be asked for. */
    static Optional<Scenario> find(String name) {
        return CHOICES.stream().filter(one -> one.id.equals(name)).findFirst();
    }

    /** The measures that the first table shows; none for a warm-up. */
    List<String> headlines() {
        return headlines;
    }

    boolean webSocket() {
        return this == WS_WARMUP || this == WS10 || this == WS50 || this == WS_CONNECTS;
    }

    /** Its name for people and files. */
    @Override
    public String toString() {
        return id;
    }
}
