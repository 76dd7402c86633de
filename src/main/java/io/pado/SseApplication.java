package io.pado;

import io.pado.channel.ChannelResource;
import io.pado.platform.http.Acceptance;
import io.pado.platform.problem.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Everything below {@code /sse}. */
@ApplicationPath("/sse")
public class SseApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ChannelResource.class, ProblemMapper.class, Acceptance.class);
    }
}
