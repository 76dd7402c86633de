package io.pado.cafe.order;

import io.pado.cafe.CafeConfig;
import io.pado.cafe.CafePage;
import io.pado.cafe.CafeRights;
import io.pado.cafe.cell.CellName;
import io.pado.cafe.cell.CellView;
import io.pado.cafe.cell.Cells;
import io.pado.cafe.menu.MenuView;
import io.pado.cafe.menu.Menus;
import io.pado.cafe.setting.Settings;
import io.pado.identity.Caller;
import io.pado.platform.ProblemException;
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

/** What can be done with orders; each is one transaction, with the points that it moves. */
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
     * Places an order and takes its points. All of it is stored, or nothing.
     *
     * @throws ProblemException 404 for an unknown menu or cell, 409 if the kiosk is inactive, a menu is sold out or the cell has not enough
     */
    @Transactional
    OrderView place(Caller caller, OrderRequest request) {
        requireActive(caller);
        Map<Long, MenuView> sold = menus.forSale(request.lines().stream().map(OrderRequest.Line::menuId).toList());
        Instant now = now();
        Order order = new Order(request.payType(), caller.userId(), now);
        request.lines().forEach(line -> order.add(sold.get(line.menuId()), line.quantity()));
        if (request.cellId().isPresent()) {
            CellView cell = cells.use(caller, request.cellId().getAsLong(), order.totalAmount(), order.orderId());
            order.paidBy(new CellName(cell.id(), cell.name()));
        }
        // Last: from here on all other orders of the day wait for this one.
        LocalDate day = dayOf(now);
        order.number(day, repository.nextNumber(day));
        repository.add(order);
        placed.fire(OrderPlaced.of(order));
        return OrderView.of(order);
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

    private void requireActive(Caller caller) {
        if (!settings.kioskIsActive() && !rights.isStaff(caller)) {
            throw ProblemException.conflict("kiosk-inactive", "The kiosk takes no orders right now; order at the counter.");
        }
    }

    private static Order existing(Optional<Order> order, String orderId) {
        return order.orElseThrow(() -> ProblemException.notFound("no-such-order", "There is no order " + orderId + " that you may see."));
    }
}
