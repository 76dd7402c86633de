package io.pado.platform.http;

import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemMapper;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What many are answered with, encoded once.
 *
 * @param json the body
 * @param tag  its {@code ETag} (RFC 9110, 8.8.3): the same for the same body, on every node
 */
public record Representation(String json, EntityTag tag) {

    private static final int TAG_BYTES = 12;

    /** @param view what is shown */
    public static Representation of(Object view) {
        String json = Json.text(view);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
            return new Representation(json, new EntityTag(tag));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @return 200 with the body, or 304 to who has it already ({@code If-None-Match}); a client may keep it, and must ask again each time
     * @throws io.pado.platform.problem.ProblemException 412 if {@code If-Match} names another
     */
    public Response answerTo(Request request) {
        Response.ResponseBuilder has = request.evaluatePreconditions(tag);
        if (has == null && isKnownAsWeak(request)) {
            has = Response.notModified();
        }
        if (has != null && has.build().getStatus() == Response.Status.PRECONDITION_FAILED.getStatusCode()) {
            throw ProblemMapper.standard(Response.Status.PRECONDITION_FAILED.getStatusCode());
        }
        Response.ResponseBuilder answer = has != null ? has : Response.ok(json, MediaType.APPLICATION_JSON_TYPE);
        CacheControl again = new CacheControl();
        again.setPrivate(true);
        again.setNoCache(true);
        return answer.tag(tag).cacheControl(again).build();
    }

    /** Who compresses an answer on its way makes its tag a weak one, which counts in {@code If-None-Match} (RFC 9110, 13.1.2), but never in {@code If-Match}. */
    private boolean isKnownAsWeak(Request request) {
        Response.ResponseBuilder has = request.evaluatePreconditions(new EntityTag(tag.getValue(), true));
        return has != null && has.build().getStatus() == Response.Status.NOT_MODIFIED.getStatusCode();
    }
}
