package io.pado.realtime.hub;

import io.pado.realtime.Topic;

/**
 * A topic that a node follows.
 *
 * @param topic   its name
 * @param readers who hear it on this node
 * @param events  that were handed out since this node has followed it
 */
public record TopicTraffic(Topic topic, int readers, long events) {
}
