package io.pado.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {

    private static final String PROXIES = "10.0.0.0/8, 2001:db8:1::/48";
    private static final String PEER = "10.0.0.1";

    /** Several lines of the header are separated by {@code #}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "198.51.100.7|198.51.100.7",
        "198.51.100.7:51000|198.51.100.7",
        "2001:db8::7|2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]|2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]:51000|2001:db8:0:0:0:0:0:7",
        "\"[2001:db8::7]:51000\"|2001:db8:0:0:0:0:0:7",
        "::ffff:198.51.100.7|198.51.100.7",
        "1.1.1.1, 198.51.100.7|198.51.100.7",
        "1.1.1.1#198.51.100.7|198.51.100.7",
        "1.1.1.1, 198.51.100.7, 10.0.0.2|198.51.100.7",
        "1.1.1.1, 198.51.100.7#10.0.0.2,10.0.0.3:80|198.51.100.7",
        "198.51.100.7, [2001:db8:1::2]|198.51.100.7",
        "\", 198.51.100.7|198.51.100.7",
        "for=1.1.1.1, 198.51.100.7|198.51.100.7",
        "198.51.100.7, unknown|10.0.0.1",
        "198.51.100.7, unknown, 10.0.0.2|10.0.0.2",
        "198.51.100.7, _hidden|10.0.0.1",
        "198.51.100.7, |198.51.100.7",
        ", ,|10.0.0.1",
        "localhost|10.0.0.1",
        "198.51.100|10.0.0.1",
        "1.2.3.999|10.0.0.1",
        "0x7f000001|10.0.0.1",
        "[198.51.100.7]|10.0.0.1",
        "198.51.100.7:x|10.0.0.1",
        "2001:db8::zz|10.0.0.1",
        "10.0.0.9|10.0.0.9"})
    void xForwardedForIsReadFromItsRight(String header, String address) {
        assertThat(client("x-forwarded-for", PEER, Map.of("X-Forwarded-For", lines(header), "Forwarded", List.of("for=9.9.9.9"))).address())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "for=198.51.100.7|198.51.100.7",
        "For=\"198.51.100.7:51000\"|198.51.100.7",
        "for=\"[2001:db8::7]:51000\";proto=https|2001:db8:0:0:0:0:0:7",
        "for=[2001:db8::7]|2001:db8:0:0:0:0:0:7",
        "proto=https; by=10.0.0.1 ;for=198.51.100.7|198.51.100.7",
        "for=1.1.1.1, for=198.51.100.7;host=a, for=10.0.0.2|198.51.100.7",
        "for=1.1.1.1#for=198.51.100.7|198.51.100.7",
        "for=\"1.1.1.1, for=198.51.100.7|198.51.100.7",
        "for=\"1.1.1.1, for=\"[2001:db8::7]\"|2001:db8:0:0:0:0:0:7",
        "for=198.51.100.7, for=_hidden|10.0.0.1",
        "for=198.51.100.7, for=unknown|10.0.0.1",
        "for=198.51.100.7, proto=https|10.0.0.1",
        "198.51.100.7|10.0.0.1",
        "for=198.51.100.7;junk|10.0.0.1",
        ";;;|10.0.0.1"})
    void forwardedIsReadFromItsRight(String header, String address) {
        assertThat(client("forwarded", PEER, Map.of("Forwarded", lines(header), "X-Forwarded-For", List.of("9.9.9.9"))).address())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-for", "forwarded"})
    void whoIsNoProxyIsNotBelieved(String header) {
        Client client = client(header, "198.51.100.9", Map.of("Forwarded", List.of("for=1.1.1.1;proto=https;host=evil.example"),
                "X-Forwarded-For", List.of("1.1.1.1"), "X-Forwarded-Proto", List.of("https"), "X-Forwarded-Host", List.of("evil.example")));
        assertThat(client).isEqualTo(new Client("198.51.100.9", "http", "pado.example:9080", "", false));
    }

    /** The first ended in a StackOverflowError, the second took time with the square of its length. */
    @Test
    void whatStandsLeftOfTheProxysPartMayBeAnythingAtAnyLength() {
        for (String before : List.of("\"a\";".repeat(3_000), ";".repeat(1_000_000), "for=1.1.1.1;".repeat(100_000), "a,".repeat(500_000),
                "\"".repeat(99_999))) {
            assertThat(client("forwarded", PEER, Map.of("Forwarded", List.of(before, before + ", for=198.51.100.7;proto=https, for=10.0.0.2"))))
                    .isEqualTo(new Client("198.51.100.7", "https", "pado.example:9080", "", true));
            assertThat(client("forwarded", PEER, Map.of("Forwarded", List.of("for=198.51.100.7;" + before))).address())
                    .isIn(PEER, "198.51.100.7", "1.1.1.1");
        }
    }

    /** Many proxies send a Host without it: {@code $host} of nginx. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"shop.example|8443|8443", "[::1]|8443|8443", "shop.example:1|8443|''", "shop.example|443|''",
        "shop.example|80|''", "shop.example|x|''", "shop.example|123456|''", "shop.example|1, 8443|8443", "''|8443|''"})
    void portThatTheProxyTellsCountsForAHostWithoutOne(String host, String port, String counted) {
        Map<String, List<String>> headers = Map.of("X-Forwarded-For", List.of("198.51.100.7"), "X-Forwarded-Port", List.of(port),
                "X-Forwarded-Proto", List.of("https"));
        assertThat(new Clients(PROXIES, "x-forwarded-for").of(PEER, "http", host, name -> headers.getOrDefault(name, List.of())))
                .isEqualTo(new Client("198.51.100.7", "https", host, counted, true));
        assertThat(new Clients(PROXIES, "x-forwarded-for").of("198.51.100.9", "http", host, name -> headers.getOrDefault(name, List.of())).port()).isEmpty();
        assertThat(new Clients(PROXIES, "forwarded").of(PEER, "http", host, name -> headers.getOrDefault(name, List.of())).port()).isEmpty();
    }

    /** One customer has all addresses of a network, and would have the limits of each. */
    @ParameterizedTest
    @CsvSource({"198.51.100.7,198.51.100.7", "2001:db8:0:7:1:2:3:4,2001:db8:0:7::/64", "2001:db8:0:7::,2001:db8:0:7::/64", "::1,0:0:0:0::/64",
        "fe80:0:0:0:1:2:3:4%eth0,fe80:0:0:0::/64", "::ffff:198.51.100.7,198.51.100.7", "unknown,unknown", "'',''",
        "64:ff9b::198.51.100.7,198.51.100.7", "64:ff9b::c633:6407,198.51.100.7", "64:ff9b:0:1::c633:6407,64:ff9b:0:1::/64", "64:ff9b:1::1,64:ff9b:1:0::/64"})
    void limitsCountTheNetworkOfIpv6(String address, String counted) {
        assertThat(new Client(address, "http", "", "", false).counted()).isEqualTo(counted);
    }

    @Test
    void schemeAndHostAreThoseOfTheFirstProxyThatIsBelieved() {
        assertThat(client("forwarded", PEER, Map.of("Forwarded", List.of("for=1.1.1.1;host=evil.example",
                "for=198.51.100.7;proto=https;host=shop.example, for=10.0.0.2;proto=http;host=inner"))))
                .isEqualTo(new Client("198.51.100.7", "https", "shop.example", "", true));
        assertThat(client("x-forwarded-for", PEER, Map.of("X-Forwarded-For", List.of("1.1.1.1, 198.51.100.7, 10.0.0.2"),
                "X-Forwarded-Proto", List.of("gopher, https, http"), "X-Forwarded-Host", List.of("shop.example"))))
                .isEqualTo(new Client("198.51.100.7", "https", "shop.example", "", true));
        assertThat(client("x-forwarded-for", PEER, Map.of("X-Forwarded-Proto", List.of("wss")))).isEqualTo(
                new Client(PEER, "https", "pado.example:9080", "", true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"10\\.0\\.\\d{1,3}\\.\\d{1,3}|10.0.3.4|true", "10\\.0\\.0\\.1|10.0.0.10|false", "127.0.0.1,::1|::1|true",
        "127.0.0.1,::1|127.0.0.2|false", "10.1.0.0/15|10.1.255.255|true", "10.0.0.0/15|10.2.0.0|false", "none|127.0.0.1|false", "0.0.0.0/0|9.9.9.9|true",
        "0.0.0.0/0|::2|false"})
    void proxiesAreAListOrAnExpression(String setting, String address, boolean trusted) {
        assertThat(new TrustedProxies(setting).contain(IpAddress.parse(address).orElseThrow())).isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0", "::1/129", "10.0.0.0/", "("})
    void wrongProxiesAreNotTaken(String setting) {
        assertThatIllegalStateException().isThrownBy(() -> new TrustedProxies(setting)).withMessageContaining("pado.http.proxies");
    }

    private static Client client(String header, String peer, Map<String, List<String>> headers) {
        return new Clients(PROXIES, header).of(peer, "http", "pado.example:9080", name -> headers.getOrDefault(name, List.of()));
    }

    private static List<String> lines(String header) {
        return Arrays.asList(header.split("#"));
    }
}
