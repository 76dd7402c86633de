package io.pado;

import io.pado.identity.token.JwksResource;
import io.pado.platform.http.Acceptance;
import io.pado.platform.problem.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Everything below {@code /.well-known} (RFC 8615). */
@ApplicationPath("/.well-known")
public class WellKnownApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(JwksResource.class, ProblemMapper.class, Acceptance.class);
    }
}
