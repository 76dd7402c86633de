package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** Landing page, sign-in, votes, bookings and notifications, users, and the page for trying topics, each with its main job in a real browser. */
@ExtendWith(TwoNodes.class)
class PagesIT {

    private final Cluster cluster;

    PagesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void somebodyNewRegistersComesBackToTheirPageAndVotesLive() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Page page = Page.of(cluster.a(), "login/?next=/votes/")) {
            page.untilItRuns();
            page.fill("#register [name=name]", "누구");
            page.fill("#register [name=email]", UUID.randomUUID() + "@example.org");
            page.fill("#register [name=password]", "long enough" + Keys.ENTER);
            page.until(() -> page.isConnected() && page.shows("#polls section"));
            String card = "#polls [data-key='" + poll.path().replaceFirst(".*/", "") + "']";
            page.until(() -> page.shows(card));
            page.find(card + " [data-option]").sendKeys(Keys.ENTER);
            page.until(() -> page.shows(card + " [aria-pressed=true]") && page.text(card + " .total").contains("1"));
            Http.vote(cluster.b(), poll, 1, "somebody");
            page.until(() -> page.text(card + " .total").contains("2"));

            page.visit(cluster.a());
            page.until(() -> page.isConnected() && page.text("[data-fact=votes] dd").matches("\\d+") && page.shows("#now-state[data-state=up]"));
            page.assertNothingWentWrong();
        }
    }

    @Test
    void bookingAndNotificationComeByThemselves() {
        Login partner = cluster.login("partner").at(cluster.b());
        String service = "service " + UUID.randomUUID();
        String strange = bookingOfAnotherProgram();
        try (Page page = Page.of(cluster.a(), "bookings/", "customer")) {
            page.until(() -> page.shows("#bookings li"));
            assertThat(page.text("#bookings [data-key='" + strange + "']")).contains("–").doesNotContain("null", "undefined", "NaN");
            // It may be filled in with the other party of an earlier booking.
            page.find("#book [name=partner]").clear();
            page.fill("#book [name=partner]", String.valueOf(partner.userId()));
            page.fill("#book [name=service]", service);
            long minutes = Math.abs(UUID.randomUUID().getLeastSignificantBits() % 500_000);
            page.run("const field = document.querySelector('#book [name=when]'); field.value = new Date(Date.now() + (1500 + arguments[0]) * 60000).toISOString().slice(0, 16)", minutes);
            page.click("#book button");
            page.until(() -> page.text("#bookings").contains(service));
            String id = String.valueOf(page.run("return document.querySelector('#bookings .booking').dataset.key"));
            assertThat(partner.change("PATCH", "/api/bookings/" + id, "{\"status\":\"confirmed\"}").statusCode()).isEqualTo(200);
            page.until(() -> page.shows("#bookings [data-key='" + id + "'][data-status=confirmed]"));

            cluster.login("admin").post("/api/notifications", "{\"userId\":%d,\"title\":\"%s\",\"message\":\"m\"}".formatted(cluster.login("customer").userId(), service));
            page.until(() -> page.text("#notifications").contains(service));
            page.find("#notifications .notification[data-read=false] button").sendKeys(Keys.ENTER);
            page.until(() -> page.shows("#notifications .notification[data-read=true]"));
            page.assertNothingWentWrong();
        }
    }

    /** @return the id of one that has neither time nor amount, in a state that nobody knows */
    private String bookingOfAnotherProgram() {
        try (MongoClient mongo = MongoClients.create(cluster.mongo().url())) {
            Document booking = new Document("customerId", cluster.login("customer").userId()).append("status", "paused");
            mongo.getDatabase("pado").getCollection("bookings").insertOne(booking);
            return booking.getObjectId("_id").toHexString();
        }
    }

    @Test
    void adminFindsAUserGivesARoleAndRemovesThem() {
        Login user = Login.anew(cluster.a());
        try (Page page = Page.anyOf(cluster.b(), "users/", "admin")) {
            page.until(() -> page.shows("#users li"));
            page.fill("#find", "customer@demo");
            page.until(() -> page.all("#users li").size() == 1);
            assertThat(page.find("#users [data-role=customer]").getDomAttribute("aria-pressed")).isEqualTo("true");
            page.find("#find").clear();
            page.fill("#find", "@example.org");
            String line = "#users [data-key='" + user.userId() + "']";
            page.until(() -> page.shows(line));
            page.find(line + " [data-role=barista]").sendKeys(Keys.SPACE);
            page.until(() -> page.shows(line + " [data-role=barista][aria-pressed=true]"));
            page.until(() -> user.get("/api/orders").statusCode() == 200);
            page.find(line + " .remove").sendKeys(Keys.ENTER);
            page.until(() -> page.shows("dialog button[type=submit]"));
            page.find("dialog button[type=submit]").sendKeys(Keys.ENTER);
            page.until(() -> page.all(line).isEmpty() && page.all("dialog").isEmpty());
            page.until(() -> user.get("/api/auth/me").statusCode() == 401);
            page.assertNothingWentWrong();
        }
    }

    @Test
    void topicIsOpenedAndPublishedToOverBothTransports() {
        try (Page page = Page.anyOf(cluster.a(), "try/", "publisher")) {
            page.until(() -> page.shows("#listen select"));
            for (String transport : List.of("sse", "websocket")) {
                String mark = UUID.randomUUID().toString();
                page.find("#listen select").sendKeys(transport.equals("sse") ? "S" : "W");
                page.find("#listen button[type=submit]").sendKeys(Keys.ENTER);
                page.until(() -> page.text("#frames").contains("joined"));
                assertThat(page.text("#curl")).contains("curl -N", "$TOKEN").doesNotContain("eyJ");
                page.find("#publish textarea").clear();
                page.fill("#publish textarea", "{\"mark\": \"" + mark + "\"}");
                page.click("#publish button");
                page.until(() -> page.text("#frames").contains(mark));
                assertThat(page.text("#curl")).contains("/api/topics/public:try/events", mark);
                assertThat(page.text("#sdk")).contains("fetch(", mark);
                page.click("#close");
                page.click("#clear");
            }
            page.assertNothingWentWrong();
        }
    }
}
