package io.pado.identity.account;

import io.pado.identity.Roles;
import io.pado.identity.user.AccountView;
import io.pado.identity.user.Users;
import io.pado.platform.Texts;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /api/admin/users}: finds users, gives and takes roles, ends logins, removes; for admins. Each call may be repeated. */
@Path("admin/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@ApplicationScoped
@RolesAllowed(Roles.ADMIN)
public class UserResource {

    private static final String ID = "{id: \\d{1,18}}";
    private static final String USUAL = "50";
    private static final int MOST = 200;
    private static final int MAX_PART = 100;
    private static final String NEWEST = "999999999999999999";

    @Inject
    private Accounts accounts;
    @Inject
    private Users users;

    /**
     * Finds users by a part of their name or email, newest first.
     *
     * @param part   100 characters at most; empty for all
     * @param cursor {@code next} of the page before
     * @param limit  1 to 200, otherwise 50
     */
    @GET
    public AccountPage find(@QueryParam("q") @DefaultValue("") String part, @QueryParam("cursor") @DefaultValue(NEWEST) String cursor,
            @QueryParam("limit") @DefaultValue(USUAL) String limit) {
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
            throw ProblemException.badRequest("limit", "limit must be 1 to " + MOST + '.');
        }
        if (!cursor.matches("\\d{1,18}")) {
            throw ProblemException.badRequest("cursor", "cursor must be the next of the page before, unchanged; leave it out for the first page.");
        }
        if (part.length() > MAX_PART || !Texts.isClean(part)) {
            throw ProblemException.badRequest("q", "q must be " + MAX_PART + " printable characters at most.");
        }
        int most = Integer.parseInt(limit);
        List<AccountView> found = users.page(part.strip(), Long.parseLong(cursor), most + 1);
        boolean more = found.size() > most;
        List<AccountView> items = more ? found.subList(0, most) : found;
        return new AccountPage(items, more ? String.valueOf(items.get(most - 1).id()) : null);
    }

    /** Gives a user a role. */
    @PUT
    @Path(ID + "/roles/{role}")
    public void give(@PathParam("id") long id, @PathParam("role") String role) {
        accounts.give(id, known(role));
    }

    /** Takes a role from a user. */
    @DELETE
    @Path(ID + "/roles/{role}")
    public void take(@PathParam("id") long id, @PathParam("role") String role) {
        if (role.equals(Roles.USER)) {
            throw ProblemException.conflict("role-of-all", "Everybody who logs in has the role user.");
        }
        accounts.take(id, known(role));
    }

    /** Ends all logins of a user. */
    @POST
    @Path(ID + "/revoke")
    public void revoke(@PathParam("id") long id) {
        accounts.revoke(id);
    }

    /** Removes a user. */
    @DELETE
    @Path(ID)
    public void remove(@PathParam("id") long id) {
        accounts.delete(id);
    }

    private static String known(String role) {
        if (!Roles.ALL.contains(role)) {
            throw ProblemException.badRequest("role", "There is no such role; there are "
                    + Roles.ALL.stream().sorted().collect(Collectors.joining(", ")) + '.');
        }
        return role;
    }
}
