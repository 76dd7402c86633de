package io.pado.cafe.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.pado.cafe.CafePage;
import io.pado.cafe.CafeTopic;
import io.pado.cafe.cell.CellChangeView;
import io.pado.cafe.cell.Cells;
import io.pado.cafe.menu.MenuView;
import io.pado.cafe.menu.Menus;
import io.pado.container.Deployments;
import io.pado.identity.Caller;
import io.pado.platform.Batches.Outcome;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.IdempotentCalls;
import io.pado.realtime.Envelope;
import io.pado.realtime.log.EventLog;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders inside the server, on a clock that the test sets. Each test has days of its own. */
@ExtendWith(ArquillianExtension.class)
class OrdersIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    private Orders orders;
    @Inject
    private OrderFigures figures;
    @Inject
    private IdempotentCalls calls;
    @Inject
    private Menus menus;
    @Inject
    private Cells cells;
    @Inject
    private EventLog log;
    @Inject
    private SettableClock clock;
    @Inject
    private UserTransaction transaction;

    @Deployment
    static WebArchive deployment() {
        return Deployments.withTest(OrdersIT.class, Deployments.class, SettableClock.class);
    }

    @Test
    void numbersBeginAnewAtMidnightOfTheCafesZone() {
        MenuView menu = menu(1_000);

        assertNumber("2031-03-01T14:59:59.999Z", menu, "2031-03-01", 1);
        assertNumber("2031-03-01T15:00:00Z", menu, "2031-03-02", 1);
        assertNumber("2031-03-01T15:00:00.001Z", menu, "2031-03-02", 2);
        assertNumber("2031-03-02T00:00:00Z", menu, "2031-03-02", 3);
    }

    @Test
    void clockThatJumpsBackGivesNoNumberTwice() {
        MenuView menu = menu(1_000);

        assertNumber("2031-04-01T14:59:00Z", menu, "2031-04-01", 1);
        assertNumber("2031-04-01T15:00:01Z", menu, "2031-04-02", 1);
        assertNumber("2031-04-01T14:59:59Z", menu, "2031-04-01", 2);
        assertNumber("2031-04-01T14:59:59Z", menu, "2031-04-01", 3);
        assertNumber("2031-04-01T15:00:02Z", menu, "2031-04-02", 2);
        assertThat(orders.list(LocalDate.parse("2031-04-01"), Optional.empty(), CafePage.of(CafePage.NEWEST, "10")))
                .extracting(OrderView::dailyNum).containsExactly(3, 2, 1);
    }

    @Test
    void figuresAreOfTheHoursOfTheCafesZone() {
        clock.set("2031-05-01T15:30:00Z");
        MenuView menu = menu(1_000);
        place(menu, 2);

        FiguresView day = figures.of(LocalDate.parse("2031-05-02"));

        assertThat(day.perHour().get(0)).isEqualTo(new FiguresView.Hour(0, 1, 2_000));
        assertThat(day.revenue()).isEqualTo(2_000);
        assertThat(day.byStatus()).containsEntry("PENDING", 1L).containsEntry("CANCELLED", 0L);
        assertThat(day.perMenu()).containsExactly(new FiguresView.Sold(menu.id(), menu.name(), 2, 2_000));
    }

    @Test
    void orderThatIsRolledBackIsHeardOfByNobodyAndLeavesNoGap() throws Exception {
        clock.set("2031-06-01T00:00:00Z");
        MenuView menu = menu(1_000);
        long cell = cells.add("t-" + UUID.randomUUID()).id();
        cells.charge(Caller.ANONYMOUS, cell, 5_000);
        long before = log.read(Map.of(), 0).sequence();
        transaction.begin();
        OrderView lost = orders.place(Caller.ANONYMOUS,
                new OrderRequest(PayType.CELL, OptionalLong.of(cell), List.of(new OrderRequest.Line(menu.id(), 1))));
        transaction.rollback();
        OrderView kept = place(menu, 1);

        // A later fact's event shows that the drainer has been at work since.
        await().atMost(SOON).until(() -> !publishedAfter(before, kept.orderId()).isEmpty());
        assertThat(publishedAfter(before, lost.orderId())).isEmpty();
        assertThat(lost.dailyNum()).isEqualTo(kept.dailyNum()).isEqualTo(1);
        assertThat(cells.history(cell, CafePage.of(CafePage.NEWEST, "10"))).hasSize(1);
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> orders.advance(lost.orderId(), OrderStatus.MAKING));
        assertThat(refused.problem().status()).isEqualTo(404);
    }

    @Test
    void orderThatIsRefusedLeavesNoGap() {
        clock.set("2031-07-01T00:00:00Z");
        MenuView menu = menu(1_000);
        long cell = cells.add("t-" + UUID.randomUUID()).id();
        assertThat(place(menu, 1).dailyNum()).isEqualTo(1);
        catchThrowableOfType(ProblemException.class, () -> orders.place(Caller.ANONYMOUS,
                new OrderRequest(PayType.CELL, OptionalLong.of(cell), List.of(new OrderRequest.Line(menu.id(), 1)))));

        assertThat(place(menu, 1).dailyNum()).isEqualTo(2);
    }

    @Test
    void ordersThatShareATransactionAreAsIfOneAfterTheOther() {
        clock.set("2031-08-01T00:00:00Z");
        MenuView menu = menu(1_000);
        MenuView gone = menu(1_000);
        menus.soldOut(gone.id(), true);
        long cell = cells.add("t-" + UUID.randomUUID()).id();
        cells.charge(Caller.ANONYMOUS, cell, 3_500);

        List<Outcome<OrderView>> outcomes = orders.place(List.of(byCell(cell, menu, 2), byCard(gone, 1), byCell(cell, menu, 2),
                byCell(999_999_999, menu, 1), byCell(cell, menu, 1), byCard(menu, 1)));

        assertThat(outcomes).extracting(outcome -> outcome.refusal() == null ? outcome.answer().dailyNum()
                : -((ProblemException) outcome.refusal()).problem().status()).containsExactly(1, -409, -409, -404, 2, 3);
        assertThat(cells.list()).filteredOn(each -> each.id() == cell).singleElement()
                .satisfies(each -> assertThat(each.balance()).isEqualTo(500));
        assertThat(cells.history(cell, CafePage.of(CafePage.NEWEST, "10"))).extracting(CellChangeView::balanceAfter).containsExactly(500L, 1_500L, 3_500L);
        assertThat(orders.list(LocalDate.parse("2031-08-01"), Optional.empty(), CafePage.of(CafePage.NEWEST, "10")))
                .extracting(OrderView::dailyNum).containsExactly(3, 2, 1);
        assertThat(place(menu, 1).dailyNum()).isEqualTo(4);
    }

    @Test
    void callsThatShareATransactionAreEachDoneOnce() {
        String key = UUID.randomUUID().toString();
        List<String> done = new ArrayList<>();
        Function<List<String>, List<Outcome<Answer>>> commands = all -> {
            done.addAll(all);
            return all.stream().map(each -> each.startsWith("no") ? Outcome.<Answer>refused(ProblemException.conflict("no", "No."))
                    : Outcome.done(new Answer(201, "/" + each, "{}"))).toList();
        };

        List<Outcome<Answer>> first = calls.together(List.of(call(key + 1, "a"), call("", "b"), call(key + 1, "a"), call(key + 1, "other"),
                call(key + 2, "no"), call("", "b")), commands);
        List<Outcome<Answer>> second = calls.together(List.of(call(key + 2, "c"), call(key + 1, "a"), call(key + 1, "other")), commands);

        assertThat(done).containsExactly("a", "b", "no", "b", "c");
        assertThat(first).extracting(OrdersIT::told).containsExactly("/a", "/b", "/a", "409", "409", "/b");
        assertThat(second).extracting(OrdersIT::told).containsExactly("/c", "/a", "409");
        assertThat(calls.once("t", key + 1, "a", () -> new Answer(201, "/again", "{}")).location()).isEqualTo("/a");
    }

    private static IdempotentCalls.Call<String> call(String key, String content) {
        return new IdempotentCalls.Call<>("t", IdempotencyKey.of(key, content), content);
    }

    private static String told(Outcome<Answer> outcome) {
        return outcome.refusal() == null ? outcome.answer().location()
                : Integer.toString(((ProblemException) outcome.refusal()).problem().status());
    }

    private static Orders.Placing byCell(long cell, MenuView menu, int quantity) {
        return new Orders.Placing(Caller.ANONYMOUS,
                new OrderRequest(PayType.CELL, OptionalLong.of(cell), List.of(new OrderRequest.Line(menu.id(), quantity))));
    }

    private static Orders.Placing byCard(MenuView menu, int quantity) {
        return new Orders.Placing(Caller.ANONYMOUS,
                new OrderRequest(PayType.CARD, OptionalLong.empty(), List.of(new OrderRequest.Line(menu.id(), quantity))));
    }

    private void assertNumber(String time, MenuView menu, String day, int number) {
        clock.set(time);
        OrderView order = place(menu, 1);
        assertThat(order.date()).isEqualTo(LocalDate.parse(day));
        assertThat(order.dailyNum()).isEqualTo(number);
    }

    private OrderView place(MenuView menu, int quantity) {
        return orders.place(Caller.ANONYMOUS,
                new OrderRequest(PayType.CARD, OptionalLong.empty(), List.of(new OrderRequest.Line(menu.id(), quantity))));
    }

    private MenuView menu(long price) {
        String name = "t-" + UUID.randomUUID();
        menus.addFirst(name, price, "Test");
        return menus.list().stream().filter(menu -> menu.name().equals(name)).findFirst().orElseThrow();
    }

    private List<Envelope> publishedAfter(long sequence, String orderId) {
        return log.read(Map.of(CafeTopic.ORDER_CREATED.topic(), sequence, CafeTopic.CELL_BALANCE_CHANGED.topic(), sequence), 1_000)
                .events().stream().filter(event -> event.json().contains(orderId)).toList();
    }
}
