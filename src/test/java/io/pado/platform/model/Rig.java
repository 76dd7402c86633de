package io.pado.platform.model;

import io.pado.platform.model.openai.FaultServer;
import io.pado.platform.model.openai.OpenAiModel;
import io.pado.platform.model.openai.Wiring;
import io.pado.platform.model.scripted.ScriptedModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Models outside of a server, with limits that a test can wait for. */
public final class Rig implements AutoCloseable {

    public static final String KEY = "sk-very-secret-0123456789";
    public static final ModelQuestion QUESTION = ModelQuestion.of(ModelMessage.system("Your name is Pado."), ModelMessage.user("안녕?"));
    public static final ModelLimits LIMITS = new ModelLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(4), 0,
            Duration.ofMillis(20), Duration.ofSeconds(2), 100_000);
    public static final ModelLimits UNHURRIED = new ModelLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), 0,
            Duration.ofMillis(20), Duration.ofSeconds(2), LIMITS.mostCharacters());
    public static final ModelLimits PATIENT = new ModelLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), 2,
            Duration.ofMillis(20), Duration.ofSeconds(2), 100_000);

    final ExecutorService threads = Executors.newCachedThreadPool(Rig::daemon);
    final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Rig::daemon);
    private final Wiring wiring = new Wiring(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(3))
            .executor(threads).build(), threads, threads, timer, Clock.systemUTC());

    public OpenAiModel model(String url, ModelLimits limits) {
        return new OpenAiModel(new ModelAddress(URI.create(url), Optional.of(KEY), "fake"), limits, wiring);
    }

    public ScriptedModel scripted(Duration pace) {
        return new ScriptedModel(pace, threads, timer);
    }

    /** Has one answer with time enough, so that the time of loading classes is not measured. */
    public void warmUp(FaultServer server) throws Exception {
        Heard heard = new Heard();
        model(server.url("ok~warm"), PATIENT).start(QUESTION, heard);
        heard.outcome.get(30, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        timer.shutdownNow();
    }
}
