package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.identity.account.Secrets;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Renewals of a login that fail half-way. */
@ExtendWith(TwoNodes.class)
class RenewalIT {

    private final Cluster cluster;

    RenewalIT(Cluster cluster) {
        this.cluster = cluster;
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
}
