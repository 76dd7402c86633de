package io.pado.poll;

import io.pado.platform.PlatformConfig;
import io.pado.platform.StartOrder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;

/** The embedded demo's open poll. */
@ApplicationScoped
public class DemoPoll {

    @Inject
    private Polls polls;

    @Inject
    private PlatformConfig config;

    void open(@Observes @Priority(StartOrder.PREPARE) Startup startup) {
        if (config.demo()) {
            polls.openFirst("점심 뭐 먹을까요? / What's for lunch?", List.of("김밥 / Gimbap", "비빔밥 / Bibimbap", "국수 / Noodles"));
        }
    }
}
