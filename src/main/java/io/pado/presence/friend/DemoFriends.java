package io.pado.presence.friend;

import io.pado.identity.user.UserNames;
import io.pado.platform.PlatformConfig;
import io.pado.platform.StartOrder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.OptionalLong;

/** The embedded demo's two friends. */
@ApplicationScoped
public class DemoFriends {

    @Inject
    private Friends friends;
    @Inject
    private UserNames users;
    @Inject
    private PlatformConfig config;

    void start(@Observes @Priority(StartOrder.PREPARE) Startup startup) {
        if (config.demo()) {
            OptionalLong one = users.byEmail("user1@demo.pado");
            OptionalLong two = users.byEmail("user2@demo.pado");
            if (one.isPresent() && two.isPresent()) {
                friends.befriend(one.getAsLong(), two.getAsLong());
            }
        }
    }
}
