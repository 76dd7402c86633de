package io.pado.platform.model.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.container.Deployments;
import io.pado.platform.model.openai.FaultServer;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Language models on the server's own threads. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
class ModelIT {

    private final HttpClient client = HttpClient.newHttpClient();
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.withTest(ModelResource.class, ModelResource.ModelApplication.class);
    }

    @Test
    void scriptedModelAnswersAndItsListenerHasTheApplicationsContext() throws Exception {
        assertThat(get("sse/model/ask")).startsWith("COMPLETED names=true beans=true").contains("scripted model");
        assertThat(get("/health/ready")).contains("\"model\":\"scripted\"");
    }

    @Test
    void realModelAnswersAndItsListenerHasTheApplicationsContext() throws Exception {
        try (FaultServer server = new FaultServer()) {
            String answer = get("sse/model/ask?url=" + URLEncoder.encode(server.url("ok"), StandardCharsets.UTF_8));

            assertThat(answer).startsWith("COMPLETED names=true beans=true").endsWith(FaultServer.TEXT);
        }
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(base.toString()).resolve(path)).build(), BodyHandlers.ofString()).body();
    }
}
