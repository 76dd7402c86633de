package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.DemoUsers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who guesses passwords. */
@ExtendWith(TwoNodes.class)
class WrongLoginsIT {

    private static final int MANY = 10_000;
    private static final int FREE = 5;
    private static final int LONG_SECONDS = 5;

    private final Cluster cluster;

    WrongLoginsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    @AfterEach
    void forget() {
        cluster.forgetGuesses();
    }

    @Test
    void tenThousandGuessesAreSlowedDownOnBothNodesAndHarmNobodyElse() {
        ConcurrentMap<Integer, Integer> answers = new ConcurrentHashMap<>();
        long begin = System.nanoTime();
        Crowd.run(MANY, i -> answers.merge(guess(i % 2 == 0, "user4@demo.pado", "guess-" + i).statusCode(), 1, Integer::sum));
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);

        assertThat(answers.keySet()).containsExactlyInAnyOrder(401, 429);
        // Five for nothing, then one after 1, 2, 4 ... 60 seconds.
        assertThat(answers.get(401)).isBetween(FREE, FREE + 6 + (int) seconds / 60);
        // The latest wait may be about to end; one more wrong guess begins the next one, which is longer than this test.
        await().until(() -> retryAfter(guess(true, "user4@demo.pado", "wrong")) > LONG_SECONDS);
        HttpResponse<String> slowed = guess(true, "user4@demo.pado", DemoUsers.PASSWORD);
        Problems.assertIs(429, slowed);
        assertThat(retryAfter(slowed)).isBetween(1L, 61L);
        assertThat(loginFrom("127.0.0.2", "user5@demo.pado")).contains(" 200 ");
        assertThat(loginFrom("127.0.0.2", "user4@demo.pado")).contains(" 429 ");
    }

    @Test
    void addressThatTriesManyAccountsIsSlowedDownToo() {
        ConcurrentMap<Integer, Integer> answers = new ConcurrentHashMap<>();
        IntStream.range(0, 60).forEach(i -> answers.merge(guess(i % 2 == 0, "nobody" + i + "@x.org", "guess").statusCode(), 1, Integer::sum));
        assertThat(answers).containsKeys(401, 429);
        assertThat(answers.get(401)).isBetween(30, 36);

        await().until(() -> retryAfter(guess(true, UUID.randomUUID() + "@x.org", "wrong")) > LONG_SECONDS);
        assertThat(loginFrom(Cluster.PROXY, "user5@demo.pado", "X-Forwarded-For: 127.0.0.1")).contains(" 429 ");
        assertThat(loginFrom(Cluster.PROXY, "user5@demo.pado", "X-Forwarded-For: 203.0.113.5")).contains(" 200 ");
        assertThat(loginFrom("127.0.0.1", "user5@demo.pado", "X-Forwarded-For: 203.0.113.6")).contains(" 429 ");
    }

    @Test
    void rightPasswordForgetsTheWrongOnes() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < FREE - 2; i++) {
                Problems.assertIs(401, guess(true, "user5@demo.pado", "wrong"));
            }
            Login.of(cluster.b(), "user5");
        }
    }

    @Test
    void unknownUserTakesAsLongAsAWrongPassword() {
        long[] known = new long[FREE - 1];
        long[] unknown = new long[FREE - 1];
        for (int i = 0; i < known.length; i++) {
            known[i] = nanos("user3@demo.pado");
            unknown[i] = nanos("nobody-at-all@demo.pado");
        }
        assertThat((double) median(unknown) / median(known)).isBetween(0.5, 2.0);
    }

    private HttpResponse<String> guess(boolean first, String email, String password) {
        return Http.post(first ? cluster.a() : cluster.b(), "/api/auth/login/json", Login.credentials(email, password));
    }

    private static long retryAfter(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Retry-After").orElse(0);
    }

    private long nanos(String email) {
        long begin = System.nanoTime();
        Problems.assertIs(401, guess(true, email, "wrong"));
        return System.nanoTime() - begin;
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** From another address of this machine. @return the status line */
    private String loginFrom(String address, String email, String... headers) {
        String body = Login.credentials(email, DemoUsers.PASSWORD);
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), cluster.a().getPort(), InetAddress.getByName(address), 0)) {
            socket.getOutputStream().write(("POST /api/auth/login/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + Arrays.stream(headers).map(header -> header + "\r\n").collect(Collectors.joining()) + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
