package io.pado.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.container.Deployments;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application that knows only the standards is told of its caller. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
class BearerIT {

    private final HttpClient client = HttpClient.newHttpClient();
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.withTest(BearerResource.class, BearerResource.BearerApplication.class);
    }

    @Test
    void tokenIsInjectedAndItsRolesCount() throws Exception {
        String email = UUID.randomUUID() + "@example.org";
        Matcher token = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(send(HttpRequest.newBuilder(uri("api/auth/register"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"%s\",\"name\":\"N\",\"password\":\"long enough\"}".formatted(email)))).body());
        assertThat(token.find()).isTrue();

        assertThat(send(asked("user").header("Authorization", "Bearer " + token.group(1))).body())
                .isEqualTo(email + ' ' + email + " [user] urn:pado true false");
        assertThat(send(asked("admin").header("Authorization", "Bearer " + token.group(1))).statusCode()).isEqualTo(403);
        assertThat(send(asked("user")).statusCode()).isEqualTo(403);
    }

    private HttpRequest.Builder asked(String role) {
        return HttpRequest.newBuilder(uri("sse/bearer/" + role));
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
