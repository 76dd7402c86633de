package io.pado.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.identity.Caller;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Frame;
import io.pado.realtime.Publication;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.MemoryLog;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.policy.TopicPolicies;
import io.pado.realtime.policy.TopicPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AudienceChangesTest {

    private static final Topic A = new Topic("app:a");
    private static final Topic B = new Topic("app:b");
    private static final Caller ANN = new Caller(OptionalLong.of(42), Set.of("user"), Instant.MAX, "");
    private static final Publication CHANGE = Audiences.change(List.of(42L));

    private final MemoryLog log = new MemoryLog();
    private final RecordingConnection peer = new RecordingConnection();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Set<Topic> hears = new HashSet<>(Set.of(A));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final TopicPolicies policies = new TopicPolicies(List.of(new Chosen(), new Audiences(null)));
    private final Hub hub = new Hub(log, log, policies, Runnable::run, timer);
    private final AudienceChanges changes = new AudienceChanges(hub, policies, tasks::add);

    /** Lets everybody read what {@link #hears} holds. */
    private final class Chosen implements TopicPolicy {

        @Override
        public Set<TopicPattern> topics() {
            return Set.of(new TopicPattern("app:**"));
        }

        @Override
        public boolean mayRead(Caller caller, Topic topic) {
            return hears.contains(topic);
        }

        @Override
        public SlowReaders slowReaders(Topic topic) {
            return SlowReaders.REPLAY;
        }
    }

    @BeforeEach
    void start() {
        log.listener = hub::announced;
        hub.tap(Audiences.TOPIC, changes);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    /** The place of a stream is not known yet, when what it hears changes: it is no reader that lost something. */
    @Test
    void changeWhileAStreamOpensIsHeardWithoutAReset() {
        log.beforeRead = () -> {
            hears.add(B);
            change();
        };
        listen();
        runTasks();
        log.publish(A);
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[app:a 2][app:b 3]");
        assertThat(log.followed).containsExactlyInAnyOrder(A, B, Audiences.TOPIC);
    }

    @Test
    void changeWhileAStreamOpensThatTakesATopicAwayIsHeardToo() {
        hears.add(B);
        log.beforeRead = () -> {
            hears.remove(B);
            change();
        };
        listen();
        runTasks();
        log.publish(A);
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[app:a 2]");
        assertThat(log.followed).containsExactlyInAnyOrder(A, Audiences.TOPIC);
    }

    @Test
    void newTopicsAreHeardFromTheChangeOnAndTheOthersGoOn() {
        listen();
        log.publish(A);
        log.publish(B);
        hears.add(B);
        change();
        log.publish(B);
        log.publish(A);
        runTasks();
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[app:a 1][app:b 4][app:a 5][app:b 6]");
        assertThat(log.followed).containsExactlyInAnyOrder(A, B, Audiences.TOPIC);
    }

    @Test
    void topicsThatWereTakenAreHeardNoLongerThanTheChange() {
        hears.add(B);
        listen();
        log.publish(B);
        hears.remove(B);
        change();
        log.publish(B);
        log.publish(A);
        runTasks();
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[app:b 1][app:a 4]");
        assertThat(log.followed).containsExactlyInAnyOrder(A, Audiences.TOPIC);
    }

    @Test
    void streamThatHearsNothingStaysAndHearsWhatComesLater() {
        hears.clear();
        listen();
        log.publish(A);
        hears.add(A);
        change();
        runTasks();
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[app:a 3]");
        assertThat(peer.closes).isEmpty();
    }

    @Test
    void changeDuringAChangeIsNotForgotten() {
        listen();
        change();
        hears.add(B);
        change();
        tasks.remove().run();
        hears.remove(A);
        change();
        runTasks();
        log.publish(A);
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[app:b 5]");
    }

    @Test
    void changeWhileAReaderIsBehindRepeatsNothing() {
        for (int i = 0; i < 300; i++) {
            log.publish(A);
        }
        Subscriber subscriber = subscriber();
        Join join = hub.join(subscriber, caller -> Set.copyOf(hears), Start.after("aaaa-0"));
        List<Frame> first = join.next();
        hears.add(B);
        change();
        log.publish(B);
        assertThat(join.next()).isEmpty();
        first.forEach(frame -> subscriber.send(frame.bytes()));
        runTasks();

        assertThat(peer.received()).startsWith("[app:a 1][app:a 2]").contains("[app:a 199][app:a 200][app:a 201][app:a 202]")
                .endsWith("[app:a 300][app:b 302]");
    }

    /** What an audience read before an event was published must not come after it. */
    @Test
    void whatTheAudienceSendsWhenItIsAskedAgainComesBetweenTheEventsBeforeAndAfter() {
        Subscriber subscriber = subscriber();
        AtomicBoolean again = new AtomicBoolean();
        hub.join(subscriber, caller -> {
            if (again.get()) {
                log.publish(A);
                subscriber.send("[states]".getBytes(StandardCharsets.UTF_8));
            }
            return Set.of(A);
        }, Start.NOW).begin();
        log.publish(A);
        again.set(true);
        changes.recheck(subscriber);
        log.publish(A);
        runTasks();
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[app:a 1][states][app:a 2][app:a 3][app:a 4]");
    }

    @Test
    void changesOfOthersConcernNobodyElse() {
        listen();
        log.append(List.of(new EventLog.Entry(Audiences.change(List.of(7L)), History.DEFAULT)));

        assertThat(tasks).isEmpty();
    }

    @Test
    void streamOfNamedTopicsLeavesWhatItsCallerMayNotReadAnyMore() {
        hears.add(B);
        Subscriber subscriber = subscriber();
        hub.join(subscriber, Set.of(A, B), Start.NOW).begin();
        hears.remove(B);
        change();
        runTasks();
        log.publish(B);
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[rights_lost rights][app:a 3]");
    }

    @Test
    void streamOfNamedTopicsThatHasNoneLeftEnds() {
        hub.join(subscriber(), Set.of(A), Start.NOW).begin();
        hears.clear();
        change();
        runTasks();

        assertThat(peer.closes).containsExactly(CloseReason.RIGHTS_CHANGED);
    }

    @Test
    void lostChangesAreMadeUpFor() {
        listen();
        log.feedCut = true;
        hears.add(B);
        change();
        log.publish(B);
        log.feedCut = false;
        hub.compare();
        runTasks();

        assertThat(peer.received()).isEqualTo("[app:b 2]");
    }

    @Test
    void newLogHasEverybodyAskedAgain() {
        listen();
        log.publish(A);
        hears.add(B);
        log.lose();
        log.publish(A);
        runTasks();
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[app:a 1][reset epoch][app:a 1][app:b 2]");
    }

    @Test
    void streamEndsForItsClientToComeBackIfRightsCannotBeAsked() {
        Subscriber subscriber = subscriber();
        hub.join(subscriber, caller -> {
            if (hears.contains(B)) {
                throw new IllegalStateException("away");
            }
            return Set.of(A);
        }, Start.NOW).begin();
        hears.add(B);
        change();
        runTasks();

        assertThat(peer.closes).containsExactly(CloseReason.UNAVAILABLE);
    }

    @Test
    void earliestKeptEventIsABeginning() {
        log.publish(A);
        log.publish(A);
        log.publish(A);
        log.forgetFirst(A);
        hub.join(subscriber(), Set.of(A), Start.EARLIEST).begin();
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[app:a 2][app:a 3][app:a 4]");
    }

    private void listen() {
        hub.join(subscriber(), caller -> Set.copyOf(hears), Start.NOW).begin();
    }

    private Subscriber subscriber() {
        Subscriber subscriber = new Subscriber("s", ANN, new TextWire(), Runnable::run, HubRig.LIMITS);
        hub.enter(subscriber);
        subscriber.open(peer);
        return subscriber;
    }

    private void change() {
        log.append(List.of(new EventLog.Entry(CHANGE, History.DEFAULT)));
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
