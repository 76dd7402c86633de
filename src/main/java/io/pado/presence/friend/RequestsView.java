package io.pado.presence.friend;

import java.util.List;

/**
 * The open requests of somebody, newest first.
 *
 * @param incoming those that they can answer
 * @param outgoing those that they sent
 */
public record RequestsView(List<RequestView> incoming, List<RequestView> outgoing) {
}
