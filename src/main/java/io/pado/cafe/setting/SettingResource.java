package io.pado.cafe.setting;

import io.pado.cafe.CafeRights;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.identity.account.Accounts;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** {@code /api/settings}. */
@Path("settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SettingResource {

    private static final int MAX_CHARACTERS = 500;

    @Inject
    private Settings settings;
    @Inject
    private SettingReads reads;
    @Inject
    private CafeRights rights;
    @Inject
    private Callers callers;
    @Inject
    private Accounts accounts;

    /** All settings that the caller may know. */
    @GET
    @PermitAll
    public Response list(@Context Request request) {
        return reads.list(rights.isStaff(callers.current())).answerTo(request);
    }

    /** One setting. */
    @GET
    @Path("{key}")
    @PermitAll
    public SettingView get(@PathParam("key") String name) {
        SettingKey key = SettingKey.of(name);
        if (!key.open()) {
            rights.requireStaff(callers.current());
        }
        return settings.get(key);
    }

    /** Changes a setting; for admins. */
    @PUT
    @Path("{key}")
    @RolesAllowed(Roles.ADMIN)
    public SettingView put(@PathParam("key") String name, String body) {
        SettingKey key = SettingKey.of(name);
        JsonBody fields = JsonBody.parse(body, "{\"value\": \"true\"}");
        String value = fields.optionalText("value", MAX_CHARACTERS);
        if (!fields.has("value")) {
            fields.wrong("value", "is missing; send a text");
        }
        fields.check();
        if (key.kind() == SettingKey.Kind.BOOLEAN && !value.equals("true") && !value.equals("false")) {
            throw ProblemException.invalid("value", "must be the text true or false");
        }
        return settings.put(accounts.me(callers.current()), key, value);
    }
}
