package io.pado.feed.watch;

import io.pado.feed.Watched;
import io.pado.platform.mongo.TestMongo;
import io.pado.platform.redis.TestRedis;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sql.PatientPublisher;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A watch with clients of its own, as a node has it, outside of a server. */
final class WatchBesideServers implements AutoCloseable {

    private final TestMongo mongo;
    private final FeedWatch watch = new FeedWatch();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private WatchBesideServers(TestMongo mongo) {
        this.mongo = mongo;
    }

    static WatchBesideServers start(TestRedis stores, Publisher publisher, Watched... watched) {
        WatchBesideServers started = new WatchBesideServers(new TestMongo(stores.settings().get("pado.mongo.url")));
        started.start(new FeedStore(stores.client()), publisher, watched);
        return started;
    }

    @SuppressWarnings("unchecked")
    private void start(FeedStore store, Publisher publisher, Watched... watched) {
        FeedEvents events = new FeedEvents();
        events.publisher = new PatientPublisher(publisher, null);
        watch.store = store;
        watch.mongo = mongo.client();
        watch.events = events;
        watch.clock = Clock.systemUTC();
        watch.offered = standIn(Instance.class, (proxy, method, arguments) -> Stream.of(watched));
        watch.threads = standIn(ManagedThreadFactory.class, (proxy, method, arguments) -> new Thread((Runnable) arguments[0]));
        watch.timer = standIn(ManagedScheduledExecutorService.class, (proxy, method, arguments) -> timer.scheduleWithFixedDelay((Runnable) arguments[0],
                (Long) arguments[1], (Long) arguments[2], (TimeUnit) arguments[3]));
        watch.start(new Startup());
    }

    /** Of what the watch uses of the container there is one method each. */
    private static <T> T standIn(Class<T> type, InvocationHandler method) {
        return type.cast(Proxy.newProxyInstance(WatchBesideServers.class.getClassLoader(), new Class<?>[] {type}, method));
    }

    @Override
    public void close() {
        watch.stop();
        timer.shutdownNow();
        mongo.close();
    }
}
