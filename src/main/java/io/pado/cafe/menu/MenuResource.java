package io.pado.cafe.menu;

import io.pado.cafe.CafeCommands;
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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;

/** {@code /api/menus}. */
@Path("menus")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class MenuResource {

    @Inject
    private Menus menus;
    @Inject
    private MenuReads reads;
    @Inject
    private CafeCommands commands;

    /** All menus, in their order. */
    @GET
    @PermitAll
    public Response list(@Context Request request) {
        return reads.list().answerTo(request);
    }

    /** One menu. */
    @GET
    @Path("{id: \\d{1,18}}")
    @PermitAll
    public MenuView get(@PathParam("id") long id) {
        return menus.get(id);
    }

    /** Adds a menu; for admins. @param idempotencyKey the same key within 24 h is the same menu, and gets the same answer */
    @POST
    @RolesAllowed(Roles.ADMIN)
    public Response add(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        MenuDetails details = MenuDetails.of(JsonBody.parse(body, MenuDetails.EXAMPLE));
        return commands.once(idempotencyKey, "POST /api/menus", details, () -> {
            MenuView menu = menus.add(details);
            return Answer.created("/api/menus/" + menu.id(), menu);
        });
    }

    /** Changes the fields that are given; for admins. The field {@code version} says which state the editor saw. */
    @PATCH
    @Path("{id: \\d{1,18}}")
    @RolesAllowed(Roles.ADMIN)
    public MenuView edit(@PathParam("id") long id, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"price\": 4500, \"version\": 3}");
        OptionalLong seen = fields.has("version") ? OptionalLong.of(fields.number("version", 0, Long.MAX_VALUE)) : OptionalLong.empty();
        return menus.edit(id, seen, fields);
    }

    /** Says whether a menu can be ordered; for staff. */
    @PATCH
    @Path("{id: \\d{1,18}}/sold-out")
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public MenuView soldOut(@PathParam("id") long id, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"isSoldOut\": true}");
        boolean soldOut = fields.flag("isSoldOut");
        if (!fields.has("isSoldOut")) {
            fields.wrong("isSoldOut", "is missing; send true or false");
        }
        fields.check();
        return menus.soldOut(id, soldOut);
    }
}
