package io.pado.notification;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.http.JsonBody;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /api/notifications}. */
@Path("notifications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class NotificationResource {

    @Inject
    private Notifications notifications;
    @Inject
    private Callers callers;

    /** Notifies a user; for admins. @param idempotencyKey the same key is the same notification, and gets the same answer */
    @POST
    @RolesAllowed(Roles.ADMIN)
    public Response send(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        NotificationRequest request = NotificationRequest.parse(body);
        return notifications.send(caller(), IdempotencyKey.of(idempotencyKey, "POST /api/notifications\n" + request), request).response();
    }

    /**
     * The caller's notifications, newest first.
     *
     * @param unread {@code true} for those only that were not read
     * @param cursor {@code next} of the page before
     * @param limit  how many at most
     */
    @GET
    @RolesAllowed(Roles.USER)
    public Page<NotificationView> list(@QueryParam("unread") @DefaultValue("false") String unread,
            @QueryParam("cursor") @DefaultValue("") String cursor, @QueryParam("limit") @DefaultValue(PageRequest.DEFAULT_LIMIT) String limit) {
        if (!unread.equals("true") && !unread.equals("false")) {
            throw ProblemException.badRequest("unread", "unread must be true or false.");
        }
        return notifications.of(caller(), unread.equals("true"), PageRequest.of(cursor, limit));
    }

    /** Says that the caller has read one, or has not. */
    @PATCH
    @Path("{id}")
    @RolesAllowed(Roles.USER)
    public NotificationView read(@PathParam("id") String id, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"read\": true}");
        boolean read = fields.flag("read");
        if (!fields.has("read")) {
            fields.wrong("read", "is missing; send true or false");
        }
        fields.check();
        return notifications.read(caller(), id, read);
    }

    private long caller() {
        return callers.current().userId().orElseThrow();
    }
}
