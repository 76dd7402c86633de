package io.pado.admin;

import io.pado.identity.Roles;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.queue.Jobs;
import io.pado.platform.queue.ledger.DeadJob;
import io.pado.platform.queue.ledger.QueueCounts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The work queue, for admins: how much there is, and what nobody does any more. */
@Path("queue")
@ApplicationScoped
@RolesAllowed(Roles.ADMIN)
public class QueueResource {

    private static final String USUAL = "50";
    private static final int MOST = 200;

    @Inject
    private Jobs jobs;

    /** How many jobs wait, run and are dead. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public QueueCounts counts() {
        return jobs.counts();
    }

    /** The newest dead jobs, newest first. @param limit 1 to 200, otherwise 50 */
    @GET
    @Path("dead")
    @Produces(MediaType.APPLICATION_JSON)
    public DeadJobsView dead(@QueryParam("limit") @DefaultValue(USUAL) String limit) {
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
            throw ProblemException.badRequest("limit", "limit must be 1 to " + MOST + '.');
        }
        return new DeadJobsView(jobs.dead(Integer.parseInt(limit)));
    }

    /** Gives a dead job its attempts again. */
    @POST
    @Path("dead/{id}/retry")
    public void retry(@PathParam("id") String id) {
        jobs.retry(id);
    }

    /** Gives a dead job up. */
    @DELETE
    @Path("dead/{id}")
    public void drop(@PathParam("id") String id) {
        jobs.drop(id);
    }

    /** Dead jobs, newest first. */
    public record DeadJobsView(List<DeadJob> items) {
    }
}
