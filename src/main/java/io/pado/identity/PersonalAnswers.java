package io.pado.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * What is answered to a token is nobody else's: a cache on the way must not keep it, whatever it was told of other answers. Answers that say themselves
 * who may keep them are left as they are.
 */
@Provider
@ApplicationScoped
public class PersonalAnswers implements ContainerResponseFilter {

    @Inject
    private Callers callers;
    @Context
    private HttpServletResponse response;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        boolean said = answer.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL) || response.containsHeader(HttpHeaders.CACHE_CONTROL);
        if (!said && callers.token().isPresent()) {
            answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
