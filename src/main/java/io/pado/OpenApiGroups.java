package io.pado;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** What {@code /openapi} says of the whole, and into which groups its calls fall. */
final class OpenApiGroups {

    private static final String TITLE = "Pado";
    private static final String VERSION = "1";
    private static final String TEXT = """
            A server for real-time features of enterprise Java applications. Streams (SSE) and WebSockets go on where they were after a lost connection, on any node.

            Refusals are problems (RFC 9457, `application/problem+json`). Commands that create something take an `Idempotency-Key`. Tokens come from `POST /api/auth/login/json`, and are sent
            as `Authorization: Bearer`. The WebSockets `/live` and `/ws`, and all frames, are described in docs/protocol.md.""";

    private record Group(String name, String text, List<String> paths) {
    }

    /** The first that fits counts. */
    private static final List<Group> GROUPS = List.of(
            new Group("Logging in", "Registration, logins, tickets, tokens and their keys", List.of("/api/auth", "/.well-known")),
            new Group("Administration", "Users and their roles, how the nodes are, the work queue; for admins", List.of("/api/admin", "/api/queue", "/api/realtime/watch")),
            new Group("Topics", "Publish to topics of one's own, and hear any", List.of("/api/topics", "/api/stream")),
            new Group("System 1: bookings, rooms, notifications", "What concerns a user in MongoDB, and its stream",
                    List.of("/api/realtime", "/api/bookings", "/api/notifications")),
            new Group("System 2: café", "Orders, menus, cells and settings; live on the WebSocket /ws", List.of("/api/orders", "/api/menus", "/api/cells", "/api/settings")),
            new Group("System 3: votes, public room, questions", "Channels of server-sent events, and what is told on them",
                    List.of("/sse", "/api/polls", "/api/ai", "/api/chat/messages")),
            new Group("System 4: presence", "Friends, and who of them is online", List.of("/api/presence", "/api/friends")),
            new Group("System 5: rooms with characters", "Rooms, characters, what is said and answered", List.of("/api/chat", "/api/personas")));

    private OpenApiGroups() {
    }

    /** Names the whole, and puts each call into its group. */
    static void fill(OpenAPI description) {
        description.setInfo(OASFactory.createInfo().title(TITLE).version(VERSION).description(TEXT));
        Map<String, Group> used = new LinkedHashMap<>();
        description.getPaths().getPathItems().forEach((path, item) -> GROUPS.stream().filter(group -> group.paths().stream().anyMatch(path::startsWith)).findFirst()
                .ifPresent(group -> {
                    used.put(group.name(), group);
                    item.getOperations().values().forEach(operation -> operation.setTags(new ArrayList<>(List.of(group.name()))));
                }));
        description.setTags(new ArrayList<>(GROUPS.stream().filter(group -> used.containsKey(group.name()))
                .map(group -> OASFactory.createTag().name(group.name()).description(group.text())).toList()));
    }
}
