package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.WebElement;

/** The three screens that system 1's document prints, in a real browser with real React. Another program writes into MongoDB what they show. */
@ExtendWith(TwoNodes.class)
class RealtimeScreensIT {

    private static final String ITEM = "#root li";

    private static Cable cable;
    private static ReactScreens screens;
    private static Page page;
    private static MongoClient client;
    private static MongoDatabase database;
    private static Login partner;
    private static Login customer;

    private final String mark = UUID.randomUUID().toString();

    @BeforeAll
    static void open(Cluster cluster) {
        partner = cluster.login("partner");
        customer = cluster.login("customer");
        ConnectionString mongo = new ConnectionString(cluster.mongo().url());
        client = MongoClients.create(mongo);
        database = client.getDatabase(mongo.getDatabase());
        cable = Cable.to(cluster.b());
        screens = ReactScreens.of(cable.uri());
        page = Page.of(screens.screen("/"), "");
        page.run("localStorage.setItem('partner_token', arguments[0]); localStorage.setItem('customer_token', arguments[1])", partner.token(),
                customer.token());
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {page, screens, cable, client}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void chatShowsWhatIsWrittenAndMissesNothingOverACut() {
        ObjectId room = insert("chatrooms", new Document("participants", List.of(partner.userId(), customer.userId())));
        int before = screens.streams();
        visit("/chat");
        assertThat(screens.streams()).as("streams of two components in StrictMode").isEqualTo(before + 1);

        write(room, 1);
        page.until(() -> items().equals(List.of("customer: 1 " + mark)));

        cable.cut();
        page.until(() -> !page.isConnected());
        write(room, 2);
        write(room, 3);
        cable.mend();
        page.until(() -> page.isConnected() && items().size() == 3);
        write(room, 4);
        page.until(() -> items().size() == 4);
        assertThat(items()).containsExactly("customer: 1 " + mark, "customer: 2 " + mark, "customer: 3 " + mark, "customer: 4 " + mark);
        page.assertNothingWentWrong();
    }

    @Test
    void reservationsShowANewBookingAndEachStepOfIt() {
        visit("/reservations");
        ObjectId booking = insert("bookings", new Document("customerId", customer.userId()).append("partnerId", partner.userId())
                .append("serviceName", mark).append("status", "pending").append("paymentStatus", "unpaid").append("amount", 10_000)
                .append("startsAt", Date.from(Instant.now().plus(1, ChronoUnit.DAYS))).append("updatedAt", new Date()));
        page.until(() -> items().contains(mark + ": pending, unpaid"));

        step(booking, "confirmed", "paid");
        page.until(() -> items().contains(mark + ": confirmed, paid"));
        step(booking, "completed", "paid");
        page.until(() -> items().contains(mark + ": completed, paid"));
        page.assertNothingWentWrong();
    }

    @Test
    void notificationsShowTheNewestFirstAndInTheBrowserToo() {
        visit("/notifications");
        page.run("""
                window.shown = [];
                window.Notification = class {
                  static permission = 'granted';
                  constructor(title, {body}) {
                    window.shown.push(`${title}: ${body}`);
                  }
                };
                """);
        for (int i = 1; i <= 2; i++) {
            insert("notifications", new Document("userId", customer.userId()).append("title", "N" + i).append("message", mark)
                    .append("kind", "test").append("createdAt", new Date()));
        }
        page.until(() -> items().equals(List.of("N2: " + mark, "N1: " + mark)));
        assertThat(page.run("return window.shown")).isEqualTo(List.of("N1: " + mark, "N2: " + mark));
        page.assertNothingWentWrong();
    }

    private static void visit(String screen) {
        page.visit(screens.screen(screen));
        page.until(page::isConnected);
    }

    private static List<String> items() {
        return page.all(ITEM).stream().map(WebElement::getText).toList();
    }

    private void write(ObjectId room, int number) {
        insert("chatmessages", new Document("roomId", room).append("senderId", customer.userId()).append("senderName", "customer")
                .append("senderType", "customer").append("content", number + " " + mark).append("createdAt", new Date()));
    }

    private static ObjectId insert(String collection, Document document) {
        database.getCollection(collection).insertOne(document);
        return document.getObjectId("_id");
    }

    private static void step(ObjectId booking, String status, String paymentStatus) {
        database.getCollection("bookings").updateOne(Filters.eq(booking),
                Updates.combine(Updates.set("status", status), Updates.set("paymentStatus", paymentStatus), Updates.currentDate("updatedAt")));
    }
}
