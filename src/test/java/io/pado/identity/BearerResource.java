package io.pado.identity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A resource that knows its caller by the standards only. */
@Path("/")
@RequestScoped
public class BearerResource {

    @Inject
    private JsonWebToken token;
    @Context
    private SecurityContext security;

    @GET
    @Path("user")
    @RolesAllowed("user")
    public String user() {
        return String.join(" ", token.getName(), security.getUserPrincipal().getName(), token.getGroups().toString(),
                token.getIssuer(), Boolean.toString(security.isUserInRole("user")), Boolean.toString(security.isUserInRole("admin")));
    }

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return token.getName();
    }

    /** Below the path that the application's own filter serves. */
    @ApplicationPath("/sse/bearer")
    public static class BearerApplication extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(BearerResource.class);
        }
    }
}
