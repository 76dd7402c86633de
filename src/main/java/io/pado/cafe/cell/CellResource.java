package io.pado.cafe.cell;

import io.pado.cafe.CafeCommands;
import io.pado.cafe.CafePage;
import io.pado.cafe.CafeRights;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.http.Answer;
import io.pado.platform.http.JsonBody;
import jakarta.annotation.security.PermitAll;
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

/** {@code /api/cells}. */
@Path("cells")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class CellResource {

    private static final int MAX_NAME = 100;
    private static final int MAX_REASON = 200;
    private static final long MAX_AMOUNT = 100_000_000;

    @Inject
    private Cells cells;
    @Inject
    private CafeCommands commands;
    @Inject
    private CafeRights rights;
    @Inject
    private Callers callers;

    /** All cells with their points, by name; for staff. */
    @GET
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public List<CellView> list() {
        return cells.list();
    }

    /** Numbers and names of all cells, for whoever takes orders. */
    @GET
    @Path("names")
    @PermitAll
    public List<CellName> names() {
        rights.requireCounter(callers.current());
        return cells.names();
    }

    /** A cell with its points; for staff. */
    @GET
    @Path("{id: \\d{1,18}}")
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public CellView get(@PathParam("id") long id) {
        return cells.get(id);
    }

    /** Adds a cell without points; for admins. @param idempotencyKey the same key within 24 h is the same cell, and gets the same answer */
    @POST
    @RolesAllowed(Roles.ADMIN)
    public Response add(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"name\": \"Cell 1\"}");
        String name = fields.text("name", MAX_NAME);
        fields.check();
        return commands.once(idempotencyKey, "POST /api/cells", name, () -> {
            CellView cell = cells.add(name);
            return Answer.created("/api/cells/" + cell.id(), cell);
        });
    }

    /** Adds points; for staff. @param idempotencyKey the same key within 24 h is the same charge, and gets the same answer */
    @POST
    @Path("{id: \\d{1,18}}/charge")
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public Response charge(@PathParam("id") long id, @HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"amount\": 50000}");
        long amount = fields.number("amount", 1, MAX_AMOUNT);
        fields.check();
        return commands.once(idempotencyKey, "POST /api/cells/" + id + "/charge", amount,
                () -> Answer.ok(cells.charge(callers.current(), id, amount)));
    }

    /** Sets the points right; for admins. @param idempotencyKey the same key within 24 h is the same correction, and gets the same answer */
    @POST
    @Path("{id: \\d{1,18}}/adjust")
    @RolesAllowed(Roles.ADMIN)
    public Response adjust(@PathParam("id") long id, @HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"amount\": -500, \"reason\": \"charged too much\"}");
        long amount = fields.number("amount", -MAX_AMOUNT, MAX_AMOUNT);
        String reason = fields.text("reason", MAX_REASON);
        fields.check();
        return commands.once(idempotencyKey, "POST /api/cells/" + id + "/adjust", amount + "\n" + reason,
                () -> Answer.ok(cells.adjust(callers.current(), id, amount, reason)));
    }

    /** Changes of a cell's points, newest first; for staff. @param before only what has a smaller id */
    @GET
    @Path("{id: \\d{1,18}}/history")
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public List<CellChangeView> history(@PathParam("id") long id, @QueryParam("before") @DefaultValue(CafePage.NEWEST) String before,
            @QueryParam("limit") @DefaultValue(CafePage.DEFAULT_LIMIT) String limit) {
        return cells.history(id, CafePage.of(before, limit));
    }
}
