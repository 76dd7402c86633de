package io.pado.platform.http;

import io.pado.platform.json.Json;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What a command answered, in a form that can be kept and given again.
 *
 * @param status   HTTP status
 * @param location path of what was created; empty if nothing was
 * @param json     the body
 */
public record Answer(int status, String location, String json) {

    /** @return 201 with what was created; its address is a path (RFC 9110, 10.2.2), right behind any proxy, or empty if it has none */
    public static Answer created(String location, Object view) {
        return new Answer(Response.Status.CREATED.getStatusCode(), location, Json.text(view));
    }

    /** @return 200 with what something is now */
    public static Answer ok(Object view) {
        return new Answer(Response.Status.OK.getStatusCode(), "", Json.text(view));
    }

    /** @return the same for JAX-RS */
    public Response response() {
        Response.ResponseBuilder response = Response.status(status).type(MediaType.APPLICATION_JSON).entity(json);
        return (location.isEmpty() ? response : response.header(HttpHeaders.LOCATION, location)).build();
    }
}
