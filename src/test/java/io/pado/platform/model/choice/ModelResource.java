package io.pado.platform.model.choice;

import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelAddress;
import io.pado.platform.model.ModelListener;
import io.pado.platform.model.ModelMessage;
import io.pado.platform.model.ModelOutcome;
import io.pado.platform.model.ModelQuestion;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Asks the server's model, or one behind an address, and answers what it said and what the listener's thread could do. */
@Path("/")
@RequestScoped
public class ModelResource {

    private static final int SECONDS = 30;

    @Inject
    private LanguageModel configured;
    @Inject
    private LanguageModels models;
    @Inject
    private ModelConfig config;

    @GET
    @Path("ask")
    public String ask(@QueryParam("url") String url) throws Exception {
        LanguageModel model = url == null ? configured
                : models.real(new ModelAddress(URI.create(url), Optional.of("key"), "fake"), config.limits());
        CompletableFuture<String> answer = new CompletableFuture<>();
        StringBuffer text = new StringBuffer();
        model.start(ModelQuestion.of(ModelMessage.user("Hello!")), new ModelListener() {
            @Override
            public void text(String piece) {
                text.append(piece);
            }

            @Override
            public void ended(ModelOutcome outcome) {
                answer.complete(outcome.kind() + " " + context() + " " + outcome.firstTextMillis().orElse(-1) + " " + text);
            }
        });
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    private static String context() {
        try {
            boolean named = new InitialContext().lookup("java:comp/DefaultManagedExecutorService") != null;
            return "names=" + named + " beans=" + CDI.current().select(ModelConfig.class).isResolvable();
        } catch (NamingException | IllegalStateException missing) {
            return missing.toString();
        }
    }

    /** Below the path that the application's own filter serves. */
    @ApplicationPath("/sse/model")
    public static class ModelApplication extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(ModelResource.class);
        }
    }
}
