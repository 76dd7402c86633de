package io.pado.platform.problem;

import io.pado.platform.FailureSeries;
import io.pado.platform.json.Json;
import io.pado.platform.mongo.MongoFailures;
import io.pado.platform.sql.SqlFailures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The one place where exceptions become HTTP answers. Nothing of the inside leaves through it. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    private static final FailureSeries DATABASE = new FailureSeries("Requests fail because the database cannot do what they need");
    private static final FailureSeries MONGO = new FailureSeries("Requests fail because MongoDB cannot do what they need");

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        ProblemException refusal = problemOf(thrown);
        if (InBand.isFor(refusal, request)) {
            Response.ResponseBuilder stream = Response.ok(InBand.stream(refusal, request), InBand.MEDIA_TYPE);
            InBand.HEADERS.forEach(stream::header);
            return stream.build();
        }
        Problem problem = refusal.problem().at(SentPath.of(request));
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Json.text(problem));
        refusal.retryAfter().ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
        if (thrown instanceof WebApplicationException web && web.getResponse().getHeaderString(HttpHeaders.ALLOW) != null) {
            answer.header(HttpHeaders.ALLOW, web.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }

    /** @return what a caller is told of a failure; what nobody expected is logged */
    public static ProblemException problemOf(Throwable thrown) {
        ProblemException ours = causeOf(thrown, ProblemException.class);
        if (ours != null) {
            return ours;
        }
        if (thrown instanceof WebApplicationException web) {
            return standard(web.getResponse().getStatus());
        }
        if (SqlFailures.mayPassOfCause(thrown)) {
            DATABASE.failed(thrown);
            if (SqlFailures.isUnknown(thrown)) {
                return ProblemException.outcomeUnknown();
            }
            return ProblemException.unavailable("The database cannot do this right now; try again in a few seconds.");
        }
        if (causes(thrown).anyMatch(MongoFailures::mayPass)) {
            MONGO.failed(thrown);
            return ProblemException.unavailable("MongoDB does not answer right now; try again in a few seconds.");
        }
        if (causes(thrown).anyMatch(MongoFailures::isRefusedDocument)) {
            LOG.log(Level.WARNING, "A request failed because a validator of MongoDB refuses its document", thrown);
            return ProblemException.of(422, "refused-document", "Refused document",
                    "The database's own rules for such documents refuse this one; ask who runs it.", false);
        }
        LOG.log(Level.SEVERE, "A request failed for a reason of our own", thrown);
        return ProblemException.of(500, "internal", "Internal error", "This is our fault, and it has been logged.", true);
    }

    /** @return the code and name with which PostgreSQL has refused what a request needed, within the last {@value FailureSeries#QUIET_SECONDS} s */
    public static Optional<String> refusalOfDatabase() {
        return DATABASE.latest().flatMap(SqlFailures::refusal);
    }

    /** @return the code and name with which MongoDB has refused what a request needed, within the last {@value FailureSeries#QUIET_SECONDS} s */
    public static Optional<String> refusalOfMongo() {
        return MONGO.latest().flatMap(failure -> causes(failure).flatMap(cause -> MongoFailures.refusal(cause).stream()).findFirst());
    }

    /** @return the problem of a status for which nobody gave a reason */
    public static ProblemException standard(int status) {
        return switch (status) {
            case 401 -> ProblemException.unauthorized("Log in first.");
            case 403 -> ProblemException.forbidden("Your roles do not allow this.");
            case 404 -> ProblemException.notFound("no-such-path", "There is nothing at this path; see /openapi for what there is.");
            case 405 -> ProblemException.of(status, "method", "Method not allowed", "See the Allow header.", false);
            case 406 -> ProblemException.of(status, "not-acceptable", "Not acceptable",
                    "Accept application/json, or text/event-stream for streams.", false);
            case 412 -> ProblemException.of(status, "not-matched", "Precondition failed", "It is another one than If-Match names; ask without it.", false);
            case 415 -> ProblemException.unsupported("Send Content-Type: application/json.");
            case 500 -> ProblemException.of(status, "internal", "Internal error", "This is our fault, and it has been logged.", true);
            default -> ProblemException.of(status, "http-" + status, reason(status),
                    "Correct the request.", status >= 500);
        };
    }

    private static String reason(int status) {
        return Optional.ofNullable(Response.Status.fromStatusCode(status)).map(Response.Status::getReasonPhrase).orElse("Refused");
    }

    private static <T extends Throwable> T causeOf(Throwable thrown, Class<T> wanted) {
        return causes(thrown).filter(wanted::isInstance).map(wanted::cast).findFirst().orElse(null);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }
}
