package io.pado.notification;

import io.pado.identity.user.UserNames;
import io.pado.platform.PlatformConfig;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.Preparation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;

/** The embedded demo's notifications, if there are none yet: one for the customer and one for the partner. */
@ApplicationScoped
class DemoNotifications implements Preparation {

    private static final String LINK = "/";

    @Inject
    private PlatformConfig config;
    @Inject
    private UserNames users;
    @Inject
    private NotificationCollection collection;
    @Inject
    private Notifications notifications;

    private volatile boolean done;

    @Override
    public void prepare() {
        if (!config.demo() || done) {
            return;
        }
        if (collection.isEmpty()) {
            send("customer", "예약을 받았습니다", "파트너가 확인하면 알려 드립니다.");
            send("partner", "새 예약이 있습니다", "고객이 상담을 예약했습니다. 확인해 주세요.");
        }
        done = true;
    }

    /** Two nodes may do this at the same time, hence the key. */
    private void send(String name, String title, String message) {
        OptionalLong user = users.byEmail(name + "@demo.pado");
        if (user.isPresent()) {
            notifications.send(user.getAsLong(), IdempotencyKey.of("demo", "demo"),
                    new NotificationRequest(user.getAsLong(), title, message, "booking", LINK));
        }
    }
}
