package io.pado.platform.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The features' handlers, by the kind of their jobs. */
@ApplicationScoped
class JobHandlers {

    private final Map<String, JobHandler> byKind;

    /** @throws IllegalStateException if two offer themselves for one kind */
    @Inject
    JobHandlers(@Any Instance<JobHandler> all) {
        byKind = all.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
    }

    /** For the container's proxy only. */
    protected JobHandlers() {
        byKind = Map.of();
    }

    Optional<JobHandler> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }
}
