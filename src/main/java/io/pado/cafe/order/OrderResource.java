package io.pado.cafe.order;

import io.pado.cafe.CafeCommands;
import io.pado.cafe.CafePage;
import io.pado.cafe.CafeRights;
import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.Batches;
import io.pado.platform.Batches.Outcome;
import io.pado.platform.http.Answer;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.IdempotentCalls;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /api/orders}. */
@Path("orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class OrderResource {

    private static final String STATUSES = "must be one of " + Arrays.toString(OrderStatus.values());
    private static final int MAX_NAME = 20;
    private static final int MAX_TOGETHER = 50;
    private static final int MAX_REASON = 200;
    /** Java knows days that the database does not. */
    private static final Pattern DAY = Pattern.compile("[1-9]\\d{3}-\\d{2}-\\d{2}");

    @Inject
    private Orders orders;
    @Inject
    private OrderFigures figures;
    @Inject
    private CafeCommands commands;
    @Inject
    private CafeRights rights;
    @Inject
    private Callers callers;
    @Inject
    private IdempotentCalls calls;

    /** Orders that are placed at the same time share a transaction: all of a day wait for its last number. */
    private final Batches<Boolean, IdempotentCalls.Call<Orders.Placing>, Answer> placing = new Batches<>(MAX_TOGETHER,
            (all, waiting) -> calls.together(waiting, this::placed));

    /** Places an order; for whoever takes orders. @param idempotencyKey the same key within 24 h is the same order, and gets the same answer */
    @POST
    @PermitAll
    public Response place(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        Caller caller = callers.current();
        rights.requireCounter(caller);
        OrderRequest request = OrderRequest.parse(body);
        return placing.submit(true, commands.call(idempotencyKey, "POST /api/orders", request, new Orders.Placing(caller, request))).response();
    }

    private List<Outcome<Answer>> placed(List<Orders.Placing> placings) {
        return orders.place(placings).stream().map(order -> order.refusal() == null
                ? Outcome.done(Answer.created("/api/orders/" + order.answer().orderId(), order.answer()))
                : Outcome.<Answer>refused(order.refusal())).toList();
    }

    /**
     * Orders of a business day, newest first; for staff.
     *
     * @param date   today without it
     * @param status only those of this status
     * @param before only those with a smaller {@code dailyNum}
     * @param limit  how many at most
     */
    @GET
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public List<OrderView> list(@QueryParam("date") @DefaultValue("") String date, @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("before") @DefaultValue(CafePage.NEWEST) String before,
            @QueryParam("limit") @DefaultValue(CafePage.DEFAULT_LIMIT) String limit) {
        Optional<OrderStatus> wanted = status(status);
        if (wanted.isEmpty() && !status.isEmpty()) {
            throw ProblemException.badRequest("status", "status " + STATUSES + '.');
        }
        return orders.list(day(date), wanted, CafePage.of(before, limit));
    }

    /** Figures of a business day; for staff. @param date today without it */
    @GET
    @Path("stats")
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public FiguresView figures(@QueryParam("date") @DefaultValue("") String date) {
        return figures.of(day(date));
    }

    /** One order; for staff, and for whoever took it. */
    @GET
    @Path("{id: [A-Za-z0-9-]{1,40}}")
    @PermitAll
    public OrderView get(@PathParam("id") String id) {
        rights.requireCounter(callers.current());
        return orders.get(callers.current(), id);
    }

    /** Takes the next step; for staff. */
    @PATCH
    @Path("{id: [A-Za-z0-9-]{1,40}}/status")
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public OrderView advance(@PathParam("id") String id, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"status\": \"MAKING\"}");
        String sent = fields.text("status", MAX_NAME);
        Optional<OrderStatus> status = status(sent);
        if (status.isEmpty() && !sent.isEmpty()) {
            fields.wrong("status", STATUSES);
        }
        fields.check();
        return orders.advance(id, status.orElseThrow());
    }

    /** Cancels an order; for staff. @param idempotencyKey the same key within 24 h is the same cancellation, and gets the same answer */
    @POST
    @Path("{id: [A-Za-z0-9-]{1,40}}/cancel")
    @RolesAllowed({Roles.BARISTA, Roles.ADMIN})
    public Response cancel(@PathParam("id") String id, @HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"reason\": \"...\"}");
        String reason = fields.text("reason", MAX_REASON);
        fields.check();
        return commands.once(idempotencyKey, "POST /api/orders/" + id + "/cancel", reason,
                () -> Answer.ok(orders.cancel(callers.current(), id, reason)));
    }

    private LocalDate day(String date) {
        ProblemException refused = ProblemException.badRequest("date", "date must be a day, like 2026-01-15.");
        if (!date.isEmpty() && !DAY.matcher(date).matches()) {
            throw refused;
        }
        try {
            return date.isEmpty() ? orders.today() : LocalDate.parse(date);
        } catch (DateTimeException noDate) {
            throw refused;
        }
    }

    private static Optional<OrderStatus> status(String sent) {
        return Arrays.stream(OrderStatus.values()).filter(status -> status.name().equals(sent)).findFirst();
    }
}
