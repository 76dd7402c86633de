package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The grace as it is shipped. */
@ExtendWith(TwoNodes.class)
class PresenceGraceIT {

    private static final List<Integer> SECONDS_AWAY = List.of(1, 3, 7, 9);

    private final Cluster cluster;
    private final People people;

    PresenceGraceIT(Cluster cluster) {
        this.cluster = cluster;
        this.people = new People(cluster);
    }

    @Test
    @DisabledIfSystemProperty(named = "pado.stream.carrier", matches = "standard", disabledReason = "there the next heartbeat notices who has left")
    void comingBackWithinSevenSecondsIsSilentAndAfterNineIsOneOfflineAndOneOnline() {
        List<Login> users = people.anew(SECONDS_AWAY.size());
        try (Onlooking friend = People.look(people.friendOf(users), cluster.b())) {
            Crowd.run(users.size(), i -> {
                Login user = users.get(i);
                try (Onlooking first = People.look(user, cluster.a())) {
                    friend.awaitTold(first.login(), true);
                }
                BriefGrace.pause(Duration.ofSeconds(SECONDS_AWAY.get(i)));
                // Whether they may have been told offline is known when those are who stayed away for longest.
                try (Onlooking back = People.look(user, cluster.b())) {
                    friend.awaitTold(users.get(users.size() - 1), true, false, true);
                    assertThat(friend.told(user)).as("%d s", SECONDS_AWAY.get(i)).isEqualTo(SECONDS_AWAY.get(i) < 8 ? List.of(true) : List.of(true, false, true));
                    assertThat(back.stream().ended()).isFalse();
                }
            });
        }
    }
}
