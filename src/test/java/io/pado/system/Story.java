package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Tellers and their witnesses, who must all have heard all in the end, once and in order. */
final class Story implements AutoCloseable {

    private static final Duration TO_THE_END = Duration.ofSeconds(40);

    private final List<Teller> tellers;
    private final List<Witness> witnesses;
    private final List<Thread> threads = new ArrayList<>();

    private Story(List<Teller> tellers, List<Witness> witnesses) {
        this.tellers = tellers;
        this.witnesses = witnesses;
    }

    /** Begins when all witnesses listen. @param restlessness see {@link Witness} */
    static Story begin(String token, int topics, int witnesses, int restlessness, Duration between, Supplier<List<URI>> nodes, long seed) {
        Random seeds = new Random(seed);
        List<Witness> all = new ArrayList<>();
        List<Teller> tellers = IntStream.range(0, topics)
                .mapToObj(i -> new Teller(LiveIT.topic("public"), token, nodes, new Random(seeds.nextLong()), between,
                        topic -> all.stream().mapToInt(witness -> witness.got(topic)).min().orElseThrow())).toList();
        List<String> names = tellers.stream().map(Teller::topic).toList();
        IntStream.range(0, witnesses).forEach(i -> all.add(witness(i, names, nodes, new Random(seeds.nextLong()), restlessness)));
        Story story = new Story(tellers, List.copyOf(all));
        story.witnesses.forEach(story::start);
        await().atMost(TO_THE_END).until(() -> story.witnesses.stream().allMatch(Witness::begun));
        story.tellers.forEach(story::start);
        return story;
    }

    /** Half of them listen to a stream, half on a WebSocket. */
    private static Witness witness(int number, List<String> topics, Supplier<List<URI>> nodes, Random random, int restlessness) {
        return number % 2 == 0 ? new StreamWitness("stream " + number, topics, nodes, random, restlessness)
                : new SocketWitness("socket " + number, topics, nodes, random, restlessness);
    }

    int told() {
        return tellers.stream().mapToInt(Teller::told).sum();
    }

    int connections() {
        return witnesses.stream().mapToInt(Witness::connections).sum();
    }

    /** Ends the telling, and waits until all was heard. */
    void end() {
        tellers.forEach(Teller::stop);
        List<Thread> telling = threads.subList(witnesses.size(), threads.size());
        await().atMost(TO_THE_END).until(() -> telling.stream().noneMatch(Thread::isAlive));
        await().atMost(TO_THE_END).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(witnesses)
                .allSatisfy(witness -> assertThat(tellers).allSatisfy(teller -> assertThat(witness.got(teller.topic())).isEqualTo(teller.told()))));
        assertThat(witnesses).flatExtracting(Witness::faults).isEmpty();
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "story");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        tellers.forEach(Teller::stop);
        witnesses.forEach(Witness::stop);
    }
}
