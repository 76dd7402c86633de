package io.pado.platform;

import jakarta.validation.ValidationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Has violations answered by {@link ProblemMapper} too; the runtime's own mapper for them would be the more specific one. */
@Provider
public class ViolationMapper implements ExceptionMapper<ValidationException> {

    @Context
    private UriInfo uri;

    @Override
    public Response toResponse(ValidationException violation) {
        return ProblemMapper.answer(violation, uri);
    }
}
