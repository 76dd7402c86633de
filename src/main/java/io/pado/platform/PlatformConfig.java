package io.pado.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of the platform; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class PlatformConfig {

    private static final String HTTP_1 = "http/1.1";
    private static final String HTTP_2 = "http/2";

    @Inject
    @ConfigProperty(name = "pado.http.max.body")
    long maxBody;

    @Inject
    @ConfigProperty(name = "pado.http.body.seconds")
    int bodySeconds;

    @Inject
    @ConfigProperty(name = "pado.http.most.unfinished")
    long mostUnfinished;

    @Inject
    @ConfigProperty(name = "pado.http.most.unfinished.address")
    long mostUnfinishedOfAddress;

    @Inject
    @ConfigProperty(name = "pado.http.protocol", defaultValue = HTTP_1)
    String protocol;

    @Inject
    @ConfigProperty(name = "pado.demo")
    boolean demo;

    @Inject
    @ConfigProperty(name = "pado.http.most.requests")
    int mostRequests;

    /** @return requests of one user, or of one address without a token, that this node takes within a second; 0 for any number */
    public int mostRequests() {
        return mostRequests;
    }

    @Inject
    @ConfigProperty(name = "pado.http.origins")
    Optional<String> origins;

    /** @return origins of other servers' pages that may use this one, comma-separated */
    public String origins() {
        return origins.orElse("");
    }

    @Inject
    @ConfigProperty(name = "pado.http.open.paths")
    Optional<String> openPaths;

    /** @return paths that pages of every origin may use without cookies, comma-separated; {@code *} stands for one word */
    public String openPaths() {
        return openPaths.orElse("");
    }

    @Inject
    @ConfigProperty(name = "pado.http.proxies")
    Optional<String> proxies;

    @Inject
    @ConfigProperty(name = "pado.http.proxies.header")
    String proxiesHeader;

    /** @return which proxies are believed, as {@link TrustedProxies} reads it */
    public String proxies() {
        return proxies.orElse("");
    }

    /** @return the header by which they tell whose request they bring: {@code x-forwarded-for} or {@code forwarded} */
    public String proxiesHeader() {
        return proxiesHeader;
    }

    /** @return the largest request body, bytes */
    public long maxBody() {
        return maxBody;
    }

    /** @return seconds within which the whole body of a request must have come */
    public int bodySeconds() {
        return bodySeconds;
    }

    /** @return bytes that all bodies that have not come whole yet may hold together */
    public long mostUnfinished() {
        return mostUnfinished;
    }

    /** @return bytes of these that may be of one address */
    public long mostUnfinishedOfAddress() {
        return mostUnfinishedOfAddress;
    }

    /** The server itself takes any other text for HTTP/2, and says nothing. */
    void start(@Observes Startup startup) {
        if (!http2() && !protocol.equalsIgnoreCase(HTTP_1)) {
            throw new IllegalStateException("pado.http.protocol must be " + HTTP_1 + " or " + HTTP_2 + ", not '" + protocol + "'");
        }
    }

    /** @return whether the server speaks HTTP/2 with who asks for it */
    public boolean http2() {
        return protocol.equalsIgnoreCase(HTTP_2);
    }

    /** @return whether demo data is wanted */
    public boolean demo() {
        return demo;
    }
}
