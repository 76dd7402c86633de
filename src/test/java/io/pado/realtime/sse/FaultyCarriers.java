package io.pado.realtime.sse;

import io.pado.realtime.carrier.BareConnection;
import io.pado.realtime.carrier.Carriers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Specializes;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Requests with a header of the test cannot leave HTTP. */
@Specializes
@ApplicationScoped
public class FaultyCarriers extends Carriers {

    static final String FAULT = "X-Fault";

    @Override
    public BareConnection leaveHttp(HttpServletRequest request) throws IOException, ServletException {
        if (request.getHeader(FAULT) != null) {
            throw new IllegalStateException("This container cannot upgrade");
        }
        return super.leaveHttp(request);
    }
}
