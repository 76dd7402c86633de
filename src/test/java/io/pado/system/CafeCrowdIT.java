package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many who order, cancel or sell out at the same time, on two nodes at once. */
@ExtendWith(TwoNodes.class)
class CafeCrowdIT {

    private static final int PARALLEL = 50;
    private static final int PAYABLE = 20;
    private static final int PRICE = 4_000;

    private final Cluster cluster;
    private final Cafe cafe;
    private final Login barista;
    private final Login kiosk;

    CafeCrowdIT(Cluster cluster) {
        this.cluster = cluster;
        this.cafe = Cafe.of(cluster);
        this.barista = cluster.login("barista").at(cluster.b());
        this.kiosk = cluster.login("kiosk");
    }

    @Test
    void parallelOrdersNeverOverdrawACellAndAreNumberedWithoutGapOrDouble() {
        long menu = cafe.menu(PRICE);
        long cell = cafe.cell(PAYABLE * PRICE);
        ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(PARALLEL, i -> answers.add(kiosk.at(i % 2 == 0 ? cluster.a() : cluster.b()).post("/api/orders", Cafe.byCell(cell, menu, 1))));

        List<JsonObject> placed = answers.stream().filter(answer -> answer.statusCode() == 201).map(answer -> Http.json(answer.body())).toList();
        assertThat(placed).hasSize(PAYABLE);
        answers.stream().filter(answer -> answer.statusCode() != 201).forEach(answer -> Cafe.refused(409, "insufficient-balance", answer));
        assertThat(cafe.balance(cell)).isZero();
        assertHistoryIsComplete(cell, placed);
        Cafe.assertNumbersAreComplete(cluster.database());
    }

    /** Each line begins where the one before ended, and there is one for each order. */
    private void assertHistoryIsComplete(long cell, List<JsonObject> placed) {
        List<JsonObject> lines = cafe.history(cell).getValuesAs(JsonObject.class);
        assertThat(lines).hasSize(PAYABLE + 1);
        for (int i = 0; i < PAYABLE; i++) {
            assertThat(lines.get(i).getInt("balanceAfter")).isEqualTo(i * PRICE);
            assertThat(lines.get(i).getInt("balanceBefore")).isEqualTo((i + 1) * PRICE);
            assertThat(lines.get(i).getInt("changeAmount")).isEqualTo(-PRICE);
            assertThat(lines.get(i).getString("type")).isEqualTo("USE");
        }
        assertThat(lines.get(PAYABLE).getString("type")).isEqualTo("CHARGE");
        assertThat(lines.get(0).keySet()).isEqualTo(Samples.of("system2", "cell_change").keySet());
        assertThat(lines.subList(0, PAYABLE)).extracting(line -> line.getString("orderId"))
                .containsExactlyInAnyOrderElementsOf(placed.stream().map(order -> order.getString("orderId")).toList());
    }

    @Test
    void orderThatIsCancelledManyTimesAtOnceIsPaidBackOnce() {
        long cell = cafe.cell(10_000);
        String id = Cafe.order(kiosk, Cafe.byCell(cell, cafe.menu(PRICE), 1)).getString("orderId");
        Cafe.step(barista, id, "MAKING");
        ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(10, i -> answers.add(Cafe.cancel(barista.at(i % 2 == 0 ? cluster.a() : cluster.b()), id).statusCode()));

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(cafe.balance(cell)).isEqualTo(10_000);
        assertThat(cafe.history(cell).getValuesAs(JsonObject.class)).extracting(line -> line.getString("type"))
                .containsExactly("REFUND", "USE", "CHARGE");
        assertThat(Http.json(barista.get("/api/orders/" + id).body()).getString("reason")).isEqualTo("고객 요청");
    }

    @Test
    void noOrderOfAMenuIsStoredOnceItWasSaidToBeSoldOut() {
        long menu = cafe.menu(PRICE);
        AtomicBoolean stop = new AtomicBoolean();
        ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> orders = CompletableFuture.runAsync(() -> Crowd.run(8, i -> {
            while (!stop.get()) {
                answers.add(kiosk.at(i % 2 == 0 ? cluster.a() : cluster.b()).post("/api/orders", Cafe.byCard(menu, 1)).statusCode());
            }
        }), Crowd.BESIDE);
        try {
            await().until(() -> answers.size() > 20);
            cafe.soldOut(menu, true);
            long stored = ordersOf(menu);
            int before = answers.size();
            await().until(() -> answers.size() > before + 20);

            assertThat(ordersOf(menu)).isEqualTo(stored).isPositive();
        } finally {
            stop.set(true);
            orders.join();
        }
        assertThat(answers).containsOnly(201, 409);
        cafe.soldOut(menu, false);
        Cafe.order(kiosk, Cafe.byCard(menu, 1));
    }

    @Test
    void whoMarksAMenuSoldOutWaitsOnlyForOrdersThatWereBefore() {
        long menu = cafe.menu(PRICE);
        Cafe.refused(409, "sold-out", lateOrder(menu, () -> cafe.soldOut(menu, true)));
    }

    @Test
    void whoSwitchesKiosksOffWaitsOnlyForOrdersThatWereBefore() {
        long menu = cafe.menu(PRICE);
        try {
            Cafe.refused(409, "kiosk-inactive", lateOrder(menu, () -> cafe.set("is_kiosk_active", "false")));
        } finally {
            cafe.set("is_kiosk_active", "true");
        }
    }

    /** @return what an order is told that comes while the change waits for an earlier order */
    private HttpResponse<String> lateOrder(long menu, Runnable change) {
        long cell = cafe.cell(PRICE);
        CompletableFuture<HttpResponse<String>> early;
        CompletableFuture<Void> changed;
        CompletableFuture<HttpResponse<String>> late;
        try (Database.Hold hold = Database.hold(cluster.database(), "SELECT id FROM cell WHERE id = " + cell + " FOR UPDATE")) {
            assertThat(hold).isNotNull();
            early = CompletableFuture.supplyAsync(() -> kiosk.post("/api/orders", Cafe.byCell(cell, menu, 1)), Crowd.BESIDE);
            awaitWaiting(1);
            changed = CompletableFuture.runAsync(change, Crowd.BESIDE);
            awaitWaiting(2);
            late = CompletableFuture.supplyAsync(() -> kiosk.at(cluster.b()).post("/api/orders", Cafe.byCard(menu, 1)), Crowd.BESIDE);
            awaitWaiting(3);
        }
        Cafe.created(early.join());
        changed.join();
        return late.join();
    }

    private void awaitWaiting(int transactions) {
        await().until(() -> Database.number(cluster.database(),
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == transactions);
    }

    @Test
    void sameKeyIsTheSameOrderWheneverAndWhereverItComes() {
        long menu = cafe.menu(PRICE);
        long cell = cafe.cell(PRICE);
        String key = UUID.randomUUID().toString();
        String body = Cafe.byCell(cell, menu, 1);
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(10, i -> answers.add(Cafe.created(kiosk.at(i % 2 == 0 ? cluster.a() : cluster.b()).post("/api/orders", body, key))
                .toString()));
        HttpResponse<String> again = kiosk.post("/api/orders", body.replace(",", " ,\n"), key);

        assertThat(answers).hasSize(10).containsOnly(Cafe.created(again).toString());
        assertThat(again.headers().firstValue("Location")).isPresent();
        assertThat(cafe.balance(cell)).isZero();
        assertThat(ordersOf(menu)).isEqualTo(1);
        Cafe.refused(409, "idempotency-key-reused", kiosk.post("/api/orders", Cafe.byCell(cell, menu, 2), key));
        Cafe.refused(409, "insufficient-balance", barista.post("/api/orders", body, key));
        Cafe.refused(400, "idempotency-key", kiosk.post("/api/orders", body, "k".repeat(201)));
    }

    private long ordersOf(long menu) {
        return Database.number(cluster.database(), "SELECT count(*) FROM order_item WHERE menu_id = " + menu);
    }
}
