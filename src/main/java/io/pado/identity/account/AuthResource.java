package io.pado.identity.account;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.identity.TokenSources;
import io.pado.identity.token.NewKey;
import io.pado.identity.token.SigningKeys;
import io.pado.identity.user.UserView;
import io.pado.identity.user.Users;
import io.pado.platform.http.Answer;
import io.pado.platform.http.JsonBody;
import io.pado.platform.proxy.Clients;
import io.pado.platform.sql.IdempotentCalls;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** {@code /api/auth}: how somebody becomes a caller, stays one, and ends it. */
@Path("auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AuthResource {

    private static final int MAX_EMAIL = 254;
    /** One that is composed then: no letter of an address is written with more than two accents. */
    private static final int MAX_EMAIL_AS_SENT = 3 * MAX_EMAIL;
    private static final int MAX_NAME = 100;
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_PASSWORD = 200;
    private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}]");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");

    @Inject
    private Accounts accounts;
    @Inject
    private TicketStore tickets;
    @Inject
    private Callers callers;
    @Inject
    private Clients clients;
    @Inject
    private SigningKeys keys;
    @Inject
    private IdempotentCalls calls;
    @Inject
    private HttpServletRequest request;

    /** Registers a user and logs it in. */
    @POST
    @Path("register")
    @PermitAll
    public Response register(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"email\":\"me@example.org\",\"name\":\"Me\",\"password\":\"8 characters or more\"}");
        String email = Users.normal(fields.text("email", MAX_EMAIL_AS_SENT));
        String name = fields.text("name", MAX_NAME);
        String password = fields.text("password", MAX_PASSWORD);
        if (email.length() > MAX_EMAIL) {
            fields.wrong("email", "must have " + MAX_EMAIL + " characters at most in lower case and composed (NFC)");
        } else if (UNSEEN.matcher(email).find()) {
            fields.wrong("email", "must have no spaces and no invisible characters");
        } else if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            fields.wrong("email", "must be an email address");
        }
        if (!password.isEmpty() && password.length() < MIN_PASSWORD) {
            fields.wrong("password", "must have " + MIN_PASSWORD + " characters or more");
        }
        fields.check();
        return answer(Response.Status.CREATED, accounts.register(email, name.strip(), password, clients.of(request).counted()));
    }

    /** Logs in with email and password. */
    @POST
    @Path("login/json")
    @PermitAll
    public Response login(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"email\":\"me@example.org\",\"password\":\"...\"}");
        // Not only what may be registered: there may be older accounts.
        String email = fields.lines("email", MAX_EMAIL_AS_SENT);
        String password = fields.text("password", MAX_PASSWORD);
        fields.check();
        return answer(Response.Status.OK, accounts.login(email, password, clients.of(request).counted()));
    }

    /** Renews a login: a new access token, and the next refresh token. */
    @POST
    @Path("refresh")
    @PermitAll
    public Response refresh(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"refresh_token\":\"...\"}");
        String token = fields.text("refresh_token", MAX_PASSWORD);
        fields.check();
        return answer(Response.Status.OK, accounts.renew(token));
    }

    /** Gives a ticket that opens one stream as the caller, for clients that cannot send headers. */
    @POST
    @Path("tickets")
    @RolesAllowed(Roles.USER)
    @Consumes(MediaType.WILDCARD)
    public Response ticket() {
        String ticket = tickets.give(callers.token().orElseThrow().getRawToken());
        return Response.status(Response.Status.CREATED).entity(new TicketView(ticket, TicketStore.SECONDS))
                .header("Cache-Control", "no-store").build();
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
    public Response logout() {
        accounts.logout(callers.current());
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    /** Makes a key that signs tokens soon; for admins. @param idempotencyKey the same key within 24 h is the same signing key */
    @POST
    @Path("keys")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    public Response rotate(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey) {
        Answer answer = calls.once("user:" + callers.current().userId().orElseThrow(), idempotencyKey, "POST /api/auth/keys", () -> {
            NewKey made = keys.make();
            return Answer.created("", new KeyView(made.id(), made.signsFrom()));
        });
        keys.readSoon();
        return answer.response();
    }

    private Response answer(Response.Status status, LoginView login) {
        return Response.status(status).entity(login).header("Cache-Control", "no-store")
                .cookie(cookie(login.accessToken(), (int) login.expiresIn())).build();
    }

    /** For pages, which need not keep the token then; no script can read it. */
    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(TokenSources.COOKIE).value(value).path("/").maxAge(seconds).httpOnly(true)
                .secure(clients.of(request).secure()).sameSite(NewCookie.SameSite.LAX).build();
    }
}
