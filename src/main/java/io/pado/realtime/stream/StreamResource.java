package io.pado.realtime.stream;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Renewals;
import io.pado.realtime.log.LogUnavailable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** {@code /api/auth/streams/{connectionId}}: keeps an open stream beyond its first token. */
@Path("auth/streams")
@ApplicationScoped
public class StreamResource {

    @Inject
    private Renewals renewals;
    @Inject
    private Callers callers;

    /** Prolongs one of the caller's streams, on whatever node it is, until the end of the token that this request carries. */
    @POST
    @Path("{connectionId: [0-9a-f-]{36}}")
    @RolesAllowed(Roles.USER)
    public void renew(@PathParam("connectionId") String connectionId) {
        try {
            if (!renewals.renew(connectionId, callers.current())) {
                throw ProblemException.notFound("no-such-stream", "You have no open stream of this id that began with a token.");
            }
        } catch (LogUnavailable unavailable) {
            throw ProblemException.unavailable("Streams cannot be prolonged right now; try again in a few seconds.");
        }
    }
}
