package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.identity.account.Secrets;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A login that goes on by its refresh tokens, and ends when two have them. */
@ExtendWith(TwoNodes.class)
class RenewalIT {

    private static final Duration ON_ALL_NODES = Duration.ofSeconds(1);
    private static final int TOGETHER = 8;

    private final Cluster cluster;

    RenewalIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void renewedLoginGoesOn() {
        Login login = Login.of(cluster.a(), "user1");
        Login renewed = login.at(cluster.b()).renewed();

        assertThat(renewed.token()).isNotEqualTo(login.token());
        assertThat(renewed.get("/api/auth/me").statusCode()).isEqualTo(200);
        assertThat(login.get("/api/auth/me").statusCode()).isEqualTo(200);
    }

    @Test
    void refreshTokenThatIsUsedTwiceEndsTheLogin() {
        Login login = Login.of(cluster.a(), "user1");
        Login renewed = login.renewed();
        Login owner = renewed.renewed();

        Problems.assertIs(401, login.at(cluster.b()).renewal());

        Problems.assertIs(401, owner.renewal());
        awaitRefused(owner);
    }

    /** Who gets no answer, or 503, sends the same again. */
    @Test
    void renewalWhoseAnswerWasLostCanBeRepeated() {
        Login login = Login.of(cluster.a(), "user1");
        login.renewed();
        login.at(cluster.b()).renewed();

        Login last = login.renewed().renewed();

        assertThat(last.get("/api/auth/me").statusCode()).isEqualTo(200);
        assertThat(last.renewal().statusCode()).isEqualTo(200);
    }

    /** Somebody did get it: then there are two who have this login. */
    @Test
    void tokenInWhosePlaceARepeatGaveAnotherEndsTheLogin() {
        Login login = Login.of(cluster.a(), "user1");
        Login owner = login.renewed();
        Login thief = login.at(cluster.b()).renewed();

        Problems.assertIs(401, owner.renewal());

        Problems.assertIs(401, thief.renewal());
        awaitRefused(thief);
    }

    @Test
    void renewalThatIsRepeatedAfterAMinuteEndsTheLogin() {
        Login login = Login.of(cluster.a(), "user1");
        Login owner = login.renewed();
        Database.execute(cluster.database(), "UPDATE refresh_token SET used_at = used_at - interval '61 seconds' WHERE hash = '" + hashOf(login) + "'");

        Problems.assertIs(401, login.renewal());

        awaitRefused(owner);
    }

    @Test
    void renewalsThatComeTogetherGiveOneTokenThatCounts() {
        Login login = Login.of(cluster.a(), "user1");
        Queue<Login> renewed = new ConcurrentLinkedQueue<>();
        Crowd.run(TOGETHER, i -> renewed.add(login.at(i % 2 == 0 ? cluster.a() : cluster.b()).renewed()));

        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM refresh_token WHERE NOT used AND session_id ="
                + " (SELECT session_id FROM refresh_token WHERE hash = '" + hashOf(login) + "')")).isOne();
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        // Each of these may end the login before others come; none may wait for another that waits for it.
        Crowd.run(TOGETHER, i -> answers.add((i % 2 == 0 ? login : renewed.remove()).renewal().statusCode()));
        assertThat(answers).hasSize(TOGETHER).containsAnyOf(401).doesNotContain(500, 503);
    }

    /** The user is read last, so this is as late as it can fail before it is stored. */
    @Test
    void tokenIsNotUsedUpByARenewalThatIs503() {
        Login login = Login.of(cluster.a(), "user1");
        try (Database.Hold hold = Database.hold(cluster.postgres().superuser(), "LOCK TABLE app_user IN ACCESS EXCLUSIVE MODE")) {
            assertThat(hold).isNotNull();
            CompletableFuture<HttpResponse<String>> broken = CompletableFuture.supplyAsync(login::renewal, Crowd.BESIDE);
            await().until(() -> {
                Database.number(cluster.postgres().superuser(), "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND query LIKE '%app_user%' AND pid <> pg_backend_pid()");
                return broken.isDone();
            });
            assertThat(Problems.assertIs(503, broken.join()).getBoolean("retryable")).isTrue();
        }

        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM refresh_token WHERE NOT used AND hash = '" + hashOf(login) + "'")).isOne();
        Login renewed = login.renewed();
        assertThat(renewed.get("/api/auth/me").statusCode()).isEqualTo(200);
    }

    private static String hashOf(Login login) {
        return Secrets.hash(login.refreshToken());
    }

    private static void awaitRefused(Login login) {
        await().atMost(ON_ALL_NODES).pollInterval(Duration.ofMillis(50)).pollDelay(Duration.ZERO)
                .until(() -> login.get("/api/auth/me").statusCode() == 401);
        Problems.assertIs(401, login.get("/api/auth/me"));
    }
}
