package io.pado.chat.persona;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code /api/personas}; for everybody with a token. */
@Path("personas")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PersonaResource {

    @Inject
    private Personas personas;
    @Inject
    private IntimacyCollection intimacies;
    @Inject
    private Callers callers;

    /** Characters, newest first, 500 at most. @param before only characters with a smaller id: the last id of a page gets the next one */
    @GET
    @RolesAllowed(Roles.USER)
    public List<PersonaView> list(@QueryParam("before") @DefaultValue("999999999999999999") String before) {
        if (!before.matches("\\d{1,18}")) {
            throw ProblemException.badRequest("before", "before must be the id of a character, a whole number.");
        }
        return personas.list(Long.parseLong(before));
    }

    /** Makes a character. @param key the same key again is the same one */
    @POST
    @RolesAllowed(Roles.USER)
    public Response create(@HeaderParam("Idempotency-Key") @DefaultValue("") String key, String body) {
        return personas.create(callers.current(), key, PersonaRequest.parse(body)).response();
    }

    /** How close a character and the caller are. */
    @GET
    @Path("{id: [1-9]\\d{0,17}}/intimacy")
    @RolesAllowed(Roles.USER)
    public IntimacyView intimacy(@PathParam("id") long id) {
        if (personas.find(List.of(id)).isEmpty()) {
            throw ProblemException.notFound("no-such-persona", "There is no such character; GET /api/personas lists them.");
        }
        return intimacies.of(id, caller());
    }

    private long caller() {
        return callers.current().userId().orElseThrow();
    }
}
