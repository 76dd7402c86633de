package io.pado.identity.token;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** {@code /.well-known/jwks.json}: the public keys of our tokens, for whoever verifies them elsewhere (RFC 7517). */
@Path("jwks.json")
@ApplicationScoped
public class JwksResource {

    private static final String CACHED = "public, max-age=60";

    @Inject
    private SigningKeys keys;

    /** The key set. */
    @GET
    @PermitAll
    @Produces("application/jwk-set+json")
    public Response keys() {
        return Response.ok(keys.jwks()).header("Cache-Control", CACHED).build();
    }
}
