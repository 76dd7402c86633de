package io.pado.identity;

import io.pado.platform.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;

/**
 * Sends nobody in particular to the login where a role is needed. The container decides on {@code @RolesAllowed}; of a caller that
 * it does not know it would say no more than a bare 403.
 */
@Provider
@Priority(Priorities.AUTHENTICATION - 1)
@ApplicationScoped
public class LoginGate implements ContainerRequestFilter {

    @Inject
    private Callers callers;
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        boolean forRoles = method.isAnnotationPresent(RolesAllowed.class)
                || resource.getResourceClass().isAnnotationPresent(RolesAllowed.class) && !method.isAnnotationPresent(PermitAll.class);
        if (forRoles && callers.current().userId().isEmpty()) {
            throw ProblemException.unauthorized("Log in first, and send the token as Authorization: Bearer.");
        }
    }
}
