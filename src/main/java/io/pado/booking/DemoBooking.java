package io.pado.booking;

import io.pado.identity.user.UserNames;
import io.pado.platform.PlatformConfig;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.Preparation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/** The embedded demo's booking, if there is none yet. */
@ApplicationScoped
class DemoBooking implements Preparation {

    private static final int AMOUNT = 30_000;

    @Inject
    private PlatformConfig config;
    @Inject
    private UserNames users;
    @Inject
    private BookingCollection collection;
    @Inject
    private Bookings bookings;
    @Inject
    private Clock clock;

    private volatile boolean done;

    @Override
    public void prepare() {
        if (!config.demo() || done) {
            return;
        }
        OptionalLong customer = users.byEmail("customer@demo.pado");
        OptionalLong partner = users.byEmail("partner@demo.pado");
        if (customer.isPresent() && partner.isPresent() && collection.isEmpty()) {
            book(customer.getAsLong(), partner.getAsLong());
        }
        done = true;
    }

    /** Two nodes may do this at the same time, hence the key. */
    private void book(long customer, long partner) {
        bookings.book(customer, IdempotencyKey.of("demo", "demo"), new BookingRequest(partner, "파도 상담",
                clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1)), AMOUNT));
    }
}
