package io.pado.notification;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Body of a new notification.
 *
 * @param userId  for whom
 * @param title   what it is about
 * @param message what it says
 * @param kind    what it is; empty for none
 * @param link    where to go; empty for nowhere
 */
record NotificationRequest(long userId, String title, String message, String kind, String link) {

    private static final String EXAMPLE = "{\"userId\": 7, \"title\": \"...\", \"message\": \"...\", \"kind\": \"info\", \"link\": \"/orders/7\"}";
    private static final int MAX_TITLE = 200;
    private static final int MAX_MESSAGE = 4_000;
    private static final int MAX_KIND = 50;
    private static final int MAX_LINK = 2_000;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static NotificationRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        long user = fields.number("userId", "the id of a user").orElse(0);
        String title = fields.text("title", MAX_TITLE);
        String message = fields.lines("message", MAX_MESSAGE);
        String kind = fields.has("kind") ? fields.text("kind", MAX_KIND) : "";
        String link = fields.has("link") ? fields.text("link", MAX_LINK) : "";
        if (!link.isEmpty() && !leadsHereOrToHttps(link)) {
            fields.wrong("link", "must be a path that begins with one /, or an https address");
        }
        fields.check();
        return new NotificationRequest(user, title, message, kind, link);
    }

    /** Somebody will click on it: nothing that runs a script, and no address that only looks like a path. */
    private static boolean leadsHereOrToHttps(String link) {
        try {
            URI uri = new URI(link);
            boolean path = uri.getScheme() == null && uri.getRawAuthority() == null && link.startsWith("/") && !link.startsWith("//");
            boolean https = "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            return path || https;
        } catch (URISyntaxException noAddress) {
            return false;
        }
    }
}
