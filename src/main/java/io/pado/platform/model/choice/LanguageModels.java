package io.pado.platform.model.choice;

import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelAddress;
import io.pado.platform.model.ModelLimits;
import io.pado.platform.model.openai.OpenAiModel;
import io.pado.platform.model.openai.Wiring;
import io.pado.platform.model.scripted.ScriptedModel;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes the one language model that is configured, or the scripted one. Wrong settings end the start. */
@ApplicationScoped
public class LanguageModels {

    private static final Logger LOG = Logger.getLogger(LanguageModels.class.getName());

    @Inject
    private ModelConfig config;
    @Inject
    private Clock clock;
    @Resource
    private ManagedExecutorService executor;
    @Resource
    private ManagedScheduledExecutorService timer;
    @Resource
    private ContextService contexts;

    private LanguageModel model;

    /** Makes it now, and not when the first question comes. */
    void start(@Observes Startup startup) {
        LOG.log(Level.INFO, model instanceof OpenAiModel ? "Asks the language model {0}"
                : "No language model is configured (pado.ai.url): a scripted one answers", model.name());
    }

    @PostConstruct
    void make() {
        ModelLimits limits = config.limits();
        model = config.address().<LanguageModel>map(address -> real(address, limits))
                .orElseGet(() -> new ScriptedModel(config.scriptedPace(), listeners(), timer));
    }

    /** The model itself and no proxy. */
    @Produces
    @Dependent
    @Typed(LanguageModel.class)
    LanguageModel model() {
        return model;
    }

    OpenAiModel real(ModelAddress address, ModelLimits limits) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // else every request over plain HTTP asks to change to HTTP/2
                .connectTimeout(config.connect())
                .executor(executor)
                .build();
        OpenAiModel made = new OpenAiModel(address, limits, new Wiring(http, executor, listeners(), timer, clock));
        executor.execute(made::warmUp);
        return made;
    }

    /** Tasks come from threads of the HTTP client, which have no context that could travel with them, so they get the application's. */
    private Executor listeners() {
        Executor application = contexts.currentContextExecutor();
        return task -> executor.execute(() -> application.execute(task));
    }
}
