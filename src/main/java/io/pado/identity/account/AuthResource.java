package io.pado.identity.account;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.JsonBody;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** {@code /api/auth}: how somebody becomes a caller, stays one, and ends it. */
@Path("auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AuthResource {

    private static final int MOST_EMAIL = 254;
    private static final int MOST_NAME = 100;
    private static final int LEAST_PASSWORD = 8;
    private static final int MOST_PASSWORD = 200;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");

    @Inject
    private Accounts accounts;
    @Inject
    private Callers callers;

    /** Registers a user and logs it in. */
    @POST
    @Path("register")
    @PermitAll
    public Response register(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"email\":\"me@example.org\",\"name\":\"Me\",\"password\":\"8 characters or more\"}");
        String email = fields.text("email", MOST_EMAIL);
        String name = fields.text("name", MOST_NAME);
        String password = fields.text("password", MOST_PASSWORD);
        if (!email.isEmpty() && !EMAIL.matcher(email.strip()).matches()) {
            fields.wrong("email", "must be an email address");
        }
        if (!password.isEmpty() && password.length() < LEAST_PASSWORD) {
            fields.wrong("password", "must have " + LEAST_PASSWORD + " characters or more");
        }
        fields.check();
        return Response.status(Response.Status.CREATED).entity(accounts.register(email, name.strip(), password))
                .header("Cache-Control", "no-store").build();
    }

    /** Logs in with email and password. */
    @POST
    @Path("login/json")
    @PermitAll
    public Response login(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"email\":\"me@example.org\",\"password\":\"...\"}");
        String email = fields.text("email", MOST_EMAIL);
        String password = fields.text("password", MOST_PASSWORD);
        fields.check();
        return answer(accounts.login(email, password));
    }

    /** Renews a login: a new access token, and the next refresh token. */
    @POST
    @Path("refresh")
    @PermitAll
    public Response refresh(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"refresh_token\":\"...\"}");
        String token = fields.text("refresh_token", MOST_PASSWORD);
        fields.check();
        return answer(accounts.renew(token));
    }

    /** Who is calling. */
    @GET
    @Path("me")
    @RolesAllowed(Roles.USER)
    public UserView me() {
        return accounts.me(callers.current());
    }

    /** Ends the login, and the streams that stand on it. */
    @POST
    @Path("logout")
    @RolesAllowed(Roles.USER)
    @Consumes(MediaType.WILDCARD)
    public void logout() {
        accounts.logout(callers.current());
    }

    /** Ends all logins of a user; for admins. */
    @POST
    @Path("users/{id: \\d{1,18}}/revoke")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    public void revoke(@PathParam("id") long id) {
        accounts.revoke(id);
    }

    /** Removes a user; for admins. */
    @DELETE
    @Path("users/{id: \\d{1,18}}")
    @RolesAllowed(Roles.ADMIN)
    public void delete(@PathParam("id") long id) {
        accounts.delete(id);
    }

    private static Response answer(LoginView login) {
        return Response.ok(login).header("Cache-Control", "no-store").build();
    }
}
