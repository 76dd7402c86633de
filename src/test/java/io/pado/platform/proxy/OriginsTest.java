package io.pado.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http://localhost:9080|http|localhost:9080|true",
        "http://LOCALHOST:9080|http|localhost:9080|true",
        "http://localhost|http|localhost:80|true",
        "http://localhost:80|http|localhost|true",
        "http://localhost.|http|localhost|true",
        "http://[::1]:9080|http|[0:0:0:0:0:0:0:1]:9080|true",
        "https://xn--ob7b27g.example|https|카페.example|true",
        "https://shop.example|https|shop.example:443|true",
        "https://shop.example|http|shop.example:443|false",
        "https://shop.example|http|shop.example|false",
        "http://shop.example|http|shop.example:81|false",
        "null|http|null|false",
        "http://shop.example/|http|shop.example|false",
        "http://a@shop.example|http|shop.example|false",
        "http://shop.example|http|evil.example|false",
        "http://|http|''|false"})
    void pageAndServerAreComparedAsOrigins(String origin, String scheme, String host, boolean same) {
        assertThat(Origins.sameServer(origin, new Client("1.1.1.1", scheme, host, "", true))).isEqualTo(same);
    }

    /** Nobody but the one who runs it knows whether a proxy's port is the one that browsers name, or mapped to that. */
    @ParameterizedTest
    @CsvSource({"https://shop.example:8443,true", "https://shop.example,true", "https://shop.example:8444,false", "https://evil.example:8443,false",
        "http://shop.example:8443,false"})
    void portThatTheProxyTellsIsThePagesOrMapped(String origin, boolean same) {
        assertThat(Origins.sameServer(origin, new Client("1.1.1.1", "https", "shop.example", "8443", true))).isEqualTo(same);
    }

    /** By the form of an address the first took time with the square of its length: hours. */
    @Test
    void whatIsTooLongIsNoOrigin() {
        assertThat(Origin.parse("http://[" + ":".repeat(1_000_000) + "z]")).isEmpty();
        assertThat(Origin.parse("https://" + "shop.".repeat(60) + "example")).isEmpty();
        assertThat(Origin.parse("https://" + "shop.".repeat(48) + "example:8443")).isPresent();
        assertThat(IpAddress.parse(":".repeat(1_000_000) + "z")).isEmpty();
        assertThat(IpAddress.parse("0000:0000:0000:0000:0000:ffff:198.051.100.007")).isEmpty();
        assertThat(IpAddress.parse("2001:0db8:0000:0000:0000:0000:198.151.100.107%eth0")).isPresent();
    }

    @Test
    void schemeThatNobodyToldIsThePages() {
        assertThat(Origins.sameServer("https://shop.example", new Client("1.1.1.1", "http", "shop.example", "", false))).isTrue();
        assertThat(Origins.sameServer("http://shop.example", new Client("1.1.1.1", "http", "shop.example:443", "", false))).isFalse();
    }

    @Test
    void listedOriginsAreComparedInTheSameWay() {
        Origins origins = new Origins("https://Shop.example:443/, http://localhost:*", "", new Clients("", "x-forwarded-for"));
        assertThat(origins.allows("https://shop.example")).isTrue();
        assertThat(origins.allows("http://localhost:1")).isTrue();
        assertThat(origins.allows("http://localhost")).isTrue();
        assertThat(origins.allows("https://localhost:1")).isFalse();
        assertThat(origins.allows("https://shop.example:444")).isFalse();
        assertThat(origins.allows("null")).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> new Origins("shop.example", "", null)).withMessageContaining("shop.example");
    }

    @Test
    void openPathsAreComparedWordByWord() {
        Origins origins = new Origins("", "/api/chat/rooms/*/send, /api/a.b", null);
        assertThat(origins.opens("/api/chat/rooms/7/send")).isTrue();
        assertThat(origins.opens("/api/a.b")).isTrue();
        assertThat(List.of("/api/chat/rooms//send", "/api/chat/rooms/7/8/send", "/api/chat/rooms/7/send/", "/api/axb", "")).noneMatch(origins::opens);
    }
}
