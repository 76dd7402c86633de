package io.pado.platform.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Refuses with 406 what the caller excludes by {@code q=0} (RFC 9110, section 12.4.2); the runtime would take a wildcard beside it. */
@Provider
@ApplicationScoped
public class Acceptance implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        List<MediaType> accepted = request.getAcceptableMediaTypes();
        if (accepted.stream().noneMatch(Acceptance::isExcluded)) {
            return;
        }
        Produces produces = Optional.ofNullable(resource.getResourceMethod().getAnnotation(Produces.class))
                .orElse(resource.getResourceClass().getAnnotation(Produces.class));
        if (produces != null && Arrays.stream(produces.value()).map(MediaType::valueOf).noneMatch(type -> takes(accepted, type))) {
            throw new NotAcceptableException();
        }
    }

    /** The most specific of those that cover the type decides. */
    static boolean takes(List<MediaType> accepted, MediaType type) {
        return accepted.stream().filter(range -> range.isCompatible(type))
                .min(Comparator.comparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype))
                .filter(range -> !isExcluded(range)).isPresent();
    }

    private static boolean isExcluded(MediaType range) {
        String quality = range.getParameters().get("q");
        return quality != null && Double.parseDouble(quality) == 0;
    }
}
