package io.pado.cafe.order;

import io.pado.cafe.CafeConfig;
import io.pado.cafe.CafePage;
import io.pado.cafe.CafeRights;
import io.pado.cafe.cell.Cell;
import io.pado.cafe.cell.CellName;
import io.pado.cafe.cell.CellView;
import io.pado.cafe.cell.Cells;
import io.pado.cafe.menu.MenuView;
import io.pado.cafe.menu.Menus;
import io.pado.cafe.setting.Settings;
import io.pado.identity.Caller;
import io.pado.platform.Batches.Outcome;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be done with orders; each is one transaction, with the points that it moves, and orders that are placed at the same time share one. */
@ApplicationScoped
public class Orders {

    @Inject
    private OrderRepository repository;
    @Inject
    private Settings settings;
    @Inject
    private Menus menus;
    @Inject
    private Cells cells;
    @Inject
    private CafeRights rights;
    @Inject
    private CafeConfig config;
    @Inject
    private Clock clock;
    @Inject
    private Event<OrderPlaced> placed;
    @Inject
    private Event<OrderStatusChanged> steps;
    @Inject
    private Event<OrderCancelled> cancellations;

    /**
     * An order that somebody places.
     *
     * @param caller  at the counter
     * @param request what is ordered
     */
    record Placing(Caller caller, OrderRequest request) {

        private List<Long> menuIds() {
            return request.lines().stream().map(OrderRequest.Line::menuId).toList();
        }
    }

    /** Places one order, as below. */
    @Transactional
    OrderView place(Caller caller, OrderRequest request) {
        return place(List.of(new Placing(caller, request))).get(0).get();
    }

    /**
     * Places orders and takes their points, in one transaction and as if one after the other. Each is stored with all that belongs to it, or
     * is refused and changes nothing: 404 for an unknown menu or cell, 409 if the kiosk is inactive, a menu is sold out or the cell has not
     * enough.
     *
     * @return the orders, or why not, in the order of the placings
     */
    @Transactional
    List<Outcome<OrderView>> place(List<Placing> placings) {
        // All locks of one kind before those of the next, each kind in one order: what others do holds none of them while it waits for another.
        boolean active = settings.kioskIsActive();
        Map<Long, MenuView> sold = menus.hold(placings.stream().flatMap(placing -> placing.menuIds().stream()).distinct().toList());
        Map<Long, Cell> paying = cells.hold(placings.stream().flatMapToLong(placing -> placing.request().cellId().stream()).distinct().toArray());
        Instant now = now();
        List<Outcome<Order>> outcomes = placings.stream().map(placing -> accepted(placing, active, sold, paying, now)).toList();
        List<Order> accepted = outcomes.stream().filter(outcome -> outcome.refusal() == null).map(Outcome::answer).toList();
        if (!accepted.isEmpty()) {
            store(accepted, dayOf(now));
        }
        return outcomes.stream().map(outcome -> outcome.refusal() == null ? Outcome.done(OrderView.of(outcome.answer()))
                : Outcome.<OrderView>refused(outcome.refusal())).toList();
    }

    /** Nothing is changed before the last check. */
    private Outcome<Order> accepted(Placing placing, boolean active, Map<Long, MenuView> sold, Map<Long, Cell> paying, Instant now) {
        try {
            Caller caller = placing.caller();
            if (!active && !rights.isStaff(caller)) {
                throw ProblemException.conflict("kiosk-inactive", "The kiosk takes no orders right now; order at the counter.");
            }
            Menus.requireForSale(sold, placing.menuIds());
            OrderRequest request = placing.request();
            Order order = new Order(request.payType(), caller.userId(), now);
            request.lines().forEach(line -> order.add(sold.get(line.menuId()), line.quantity()));
            if (request.cellId().isPresent()) {
                CellView cell = cells.use(caller, paying, request.cellId().getAsLong(), order.totalAmount(), order.orderId());
                order.paidBy(new CellName(cell.id(), cell.name()));
            }
            return Outcome.done(order);
        } catch (ProblemException refused) {
            return Outcome.refused(refused);
        }
    }

    /** From here on all other orders of the day wait for these. */
    private void store(List<Order> orders, LocalDate day) {
        int number = repository.nextNumbers(day, orders.size());
        for (Order order : orders) {
            order.number(day, number++);
        }
        repository.add(orders);
        orders.forEach(order -> placed.fire(OrderPlaced.of(order)));
    }

    /**
     * Takes the next step.
     *
     * @throws ProblemException 404 if there is no such order, 409 if that is not its next status
     */
    @Transactional
    OrderView advance(String orderId, OrderStatus to) {
        Order order = existing(repository.lock(orderId), orderId);
        OrderStatus previous = order.status();
        order.advance(to, now());
        steps.fire(OrderStatusChanged.of(order, previous));
        return OrderView.of(order);
    }

    /**
     * Cancels an order and gives its points back.
     *
     * @throws ProblemException 404 if there is no such order, 409 if it is completed or was cancelled before
     */
    @Transactional
    OrderView cancel(Caller caller, String orderId, String reason) {
        Order order = existing(repository.lock(orderId), orderId);
        OrderStatus previous = order.status();
        order.cancel(reason, now());
        order.cell().ifPresent(cell -> cells.refund(caller, cell.id(), order.totalAmount(), orderId));
        cancellations.fire(OrderCancelled.of(order));
        steps.fire(OrderStatusChanged.of(order, previous));
        return OrderView.of(order);
    }

    /** @throws ProblemException 404 if there is none, or if the caller is no staff and has not taken it */
    @Transactional
    OrderView get(Caller caller, String orderId) {
        return OrderView.of(existing(repository.find(orderId)
                .filter(order -> rights.isStaff(caller) || order.takenBy(caller.userId())), orderId));
    }

    /** @return orders of a business day, the newest first */
    @Transactional
    List<OrderView> list(LocalDate day, Optional<OrderStatus> status, CafePage page) {
        return repository.list(day, status, page).stream().map(OrderView::of).toList();
    }

    /** @return the business day that it is now */
    LocalDate today() {
        return dayOf(clock.instant());
    }

    private LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, config.zone());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Order existing(Optional<Order> order, String orderId) {
        return order.orElseThrow(() -> ProblemException.notFound("no-such-order", "There is no order " + orderId + " that you may see."));
    }
}
