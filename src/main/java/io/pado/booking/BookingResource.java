package io.pado.booking;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
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

/** {@code /api/bookings}; for everybody with a token. */
@Path("bookings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class BookingResource {

    @Inject
    private Bookings bookings;
    @Inject
    private Callers callers;

    /** Books for the caller. @param idempotencyKey the same key is the same booking, and gets the same answer */
    @POST
    @RolesAllowed(Roles.USER)
    public Response book(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        BookingRequest request = BookingRequest.parse(body);
        return bookings.book(caller(), IdempotencyKey.of(idempotencyKey, "POST /api/bookings\n" + request), request).response();
    }

    /**
     * The caller's bookings, as customer and as partner, newest first.
     *
     * @param cursor {@code next} of the page before
     * @param limit  how many at most
     */
    @GET
    @RolesAllowed(Roles.USER)
    public Page<BookingView> list(@QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue(PageRequest.DEFAULT_LIMIT) String limit) {
        return bookings.of(caller(), PageRequest.of(cursor, limit));
    }

    /** One booking; for its parties. */
    @GET
    @Path("{id}")
    @RolesAllowed(Roles.USER)
    public BookingView get(@PathParam("id") String id) {
        return bookings.get(caller(), id);
    }

    /** Takes the next step, of the booking, of its payment or of both at once; for whom the step is for. */
    @PATCH
    @Path("{id}")
    @RolesAllowed(Roles.USER)
    public BookingView change(@PathParam("id") String id, String body) {
        return bookings.change(callers.current(), id, BookingChange.parse(body));
    }

    private long caller() {
        return callers.current().userId().orElseThrow();
    }
}
