package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/**
 * The client in tabs of a real browser: one connection for all of them, whatever happens to the tab that has it; pages that are left and come back;
 * memory. {@code -Dpado.heap.seconds=600} for ten minutes of 20 events a second.
 */
@ExtendWith(TwoNodes.class)
class TabsIT {

    private static final int TABS = 6;
    private static final int HEAP_SECONDS = Integer.getInteger("pado.heap.seconds", 0);
    private static final int EVENTS_A_SECOND = 20;
    /** More than a connection remembers. */
    private static final int MANY = 2_400;
    private static final long ALLOWED_GROWTH = 256 * 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String LISTEN = """
            const [token, topic] = arguments;
            window.heard = [];
            window.count = 0;
            Promise.all([import('/sdk/index.js'), import('/sdk/tabs.js')]).then(([{connect, Stream}, {acrossTabs}]) => {
              window.connection = connect(Stream.ofTopics({topics: [topic], transport: acrossTabs()}), {token: () => token});
              window.connection.on('event', ({data}) => {
                window.count++;
                document.body.textContent = JSON.stringify(data);
                if (data < 100) {
                  window.heard.push(data);
                }
              });
            });
            """;

    private final Cluster cluster;
    private final URI blank;
    private final String topic = "public:tabs-" + UUID.randomUUID();
    private Login user;
    private Page page;

    TabsIT(Cluster cluster) {
        this.cluster = cluster;
        this.blank = cluster.a().resolve("sdk/json.js");
    }

    @BeforeEach
    void open() {
        user = Login.anew(cluster.a());
        page = Page.of(cluster.a(), "sdk/json.js");
        listen();
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void sixTabsHaveOneConnectionWhateverHappensToTheOneThatHasIt() {
        List<String> tabs = new ArrayList<>(List.of(page.tab()));
        for (int i = 1; i < TABS; i++) {
            tabs.add(page.newTab(blank));
            listen();
        }
        assertThat(streams()).isEqualTo(1);
        publish(1);
        publish(2);
        allHeard(tabs, 2);

        String leader = leader(tabs);
        page.tab(leader);
        page.freeze(true);
        publish(3);
        publish(4);
        List<String> others = tabs.stream().filter(tab -> !tab.equals(leader)).toList();
        allHeard(others, 4);
        page.tab(leader);
        page.freeze(false);
        publish(5);
        allHeard(tabs, 5);
        await("the one that woke gives up").atMost(DEADLINE).until(() -> streams() == 1);

        String second = leader(tabs);
        page.tab(second);
        page.closeTab();
        tabs.remove(second);
        publish(6);
        allHeard(tabs, 6);
        assertThat(streams()).isEqualTo(1);
    }

    @Test
    void pageThatIsLeftIsKeptWithoutALineAndGoesOnWhenItComesBack() {
        page.mark();
        page.run("addEventListener('pageshow', ({persisted}) => { window.wasKept = persisted; })");
        publish(1);
        page.visit(blank.resolve("ids.js"));
        await("no stream").atMost(DEADLINE).until(() -> streams() == 0);
        publish(2);
        page.back();
        assertThat(page.run("return window.wasKept")).as("kept by the browser").isEqualTo(true);
        assertThat(page.isMarked()).isTrue();
        publish(3);
        allHeard(List.of(page.tab()), 3);
        assertThat(streams()).isEqualTo(1);
    }

    @Test
    void memoryDoesNotGrowWithTheEvents() throws InterruptedException {
        publishMany();
        List<Long> heap = new ArrayList<>(List.of(page.heap()));
        publishMany();
        long begin = System.nanoTime();
        for (int i = 1; i <= HEAP_SECONDS * EVENTS_A_SECOND; i++) {
            publish(MANY);
            TimeUnit.NANOSECONDS.sleep(begin + TimeUnit.SECONDS.toNanos(i) / EVENTS_A_SECOND - System.nanoTime());
            if (i % (60 * EVENTS_A_SECOND) == 0) {
                heap.add(page.heap());
            }
        }
        heardInAll(2 * MANY + HEAP_SECONDS * EVENTS_A_SECOND);
        heap.add(page.heap());
        System.out.println("The page's heap, in bytes: " + heap);
        assertThat(heap.get(heap.size() - 1)).isLessThan(heap.get(0) + ALLOWED_GROWTH);
    }

    private void listen() {
        page.run(LISTEN, user.token(), topic);
        page.until(() -> Boolean.TRUE.equals(page.run("return window.connection?.state.name === 'open'")));
    }

    private String leader(List<String> tabs) {
        return tabs.stream().filter(tab -> {
            page.tab(tab);
            return "leader".equals(page.run("return pado.tabs()[0].role"));
        }).findFirst().orElseThrow();
    }

    /** Each has heard the events up to this one, in order, once. */
    private void allHeard(List<String> tabs, int last) {
        List<Long> expected = LongStream.rangeClosed(1, last).boxed().toList();
        for (String tab : tabs) {
            page.tab(tab);
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.run("return window.heard")).isEqualTo(expected));
        }
    }

    private void heardInAll(int events) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.run("return window.count")).isEqualTo((long) events));
    }

    /** Of the user, on all nodes. */
    private long streams() {
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            return redis.scard("pado:presence:streams:" + user.userId());
        }
    }

    private void publishMany() {
        int before = ((Long) page.run("return window.count")).intValue();
        Crowd.run(4, caller -> IntStream.range(0, MANY / 4).forEach(i -> publish(MANY)));
        heardInAll(before + MANY);
    }

    private void publish(int data) {
        assertThat(cluster.login("publisher").post("/api/topics/" + topic + "/events", "{\"data\":" + data + '}').statusCode()).isEqualTo(201);
    }
}
