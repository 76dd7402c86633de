package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import redis.clients.jedis.Jedis;

/** The page for those who run the server, in a real browser. */
@ExtendWith(TwoNodes.class)
class OperationsPageIT {

    private static final String ALARM = "pado:feed:alarm";

    private final Cluster cluster;
    private final Jedis redis;

    OperationsPageIT(Cluster cluster) {
        this.cluster = cluster;
        this.redis = new Jedis("127.0.0.1", cluster.redis().port());
    }

    @AfterEach
    void close() {
        redis.del(ALARM);
        redis.close();
    }

    @Test
    void adminSeesHowTheWatchGoesAndClearsItsAlarmByKeyboard() {
        try (Page page = Page.of(cluster.b(), "operations/", "admin")) {
            page.until(() -> "up".equals(page.find("#watch-state").getDomAttribute("data-state")));
            assertThat(page.text("[data-fact=node] dd")).contains(":");
            assertThat(page.text("[data-fact=skipped] dd")).matches("\\d+");
            assertThat(page.shows("#alarm")).isFalse();

            redis.set(ALARM, "{\"at\":\"2026-11-29T10:00:00Z\",\"reason\":\"history\",\"detail\":\"<b>lost</b>\"}");
            page.until(() -> page.shows("#alarm"));
            assertThat(page.text("#alarm")).contains("<b>lost</b>");
            page.find("#alarm-clear").sendKeys(Keys.ENTER);
            page.until(() -> !page.shows("#alarm"));
            assertThat(redis.get(ALARM)).isNull();

            for (String theme : List.of("light", "dark")) {
                page.prefer(theme);
                page.until(() -> theme.equals(page.find("html").getDomAttribute("data-theme")));
                // Colours change in a fifth of a second.
                for (String text : List.of("#watch-title", "#watch-state", "[data-fact=node] dt", "#language")) {
                    page.until(() -> page.contrast(text) > 4.5);
                }
            }
            String before = page.text("#watch-title");
            page.find("#language").sendKeys(Keys.ENTER);
            page.until(() -> !page.text("#watch-title").equals(before));
            page.assertNothingWentWrong();
        }
    }

    @Test
    void figuresOfAllNodesComeLiveAndReadersAndEventsAreFound() {
        Login user = Login.anew(cluster.a());
        String topic = "public:operations-" + user.userId();
        try (Page page = Page.of(cluster.b(), "operations/", "admin");
                Stream stream = Stream.open(cluster.a(), "/api/stream?topic=" + topic + "&token=" + user.token())) {
            page.until(() -> page.all("#nodes tr[data-silent=false]").size() == 2 && page.text("[data-chart=connections] strong").matches("[\\d,]+"));
            assertThat(cluster.login("publisher").post("/api/topics/" + topic + "/events", "{\"event\":\"hello\",\"data\":{\"n\":1}}").statusCode()).isEqualTo(201);
            stream.first(event -> event.is("event"));
            page.until(() -> page.text("[data-chart=deliveries] strong").matches("[\\d.,]+") && page.text("#nodes").contains("ms"));
            assertThat(page.text("#nodes")).contains("bare");

            page.fill("#find [name=user]", user.userId() + "" + Keys.ENTER);
            page.until(() -> page.all("#found li").size() == 1 && page.text("#found-words").contains("2"));
            assertThat(page.find("#found li").getDomAttribute("data-bad")).isEqualTo("false");
            assertThat(page.text("#found .topics")).isEqualTo(topic);
            page.fill("#last [name=topic]", topic + Keys.ENTER);
            page.until(() -> page.all("#events li").size() == 1 && page.text("#events").contains("hello"));

            page.click("#found button");
            page.until(() -> page.shows("dialog button[type=submit]"));
            page.find("dialog button[type=submit]").sendKeys(Keys.ENTER);
            assertThat(stream.first(event -> event.is("closing")).json().getString("reason")).isEqualTo("logged-out");
            page.until(() -> page.text("#ended").contains(topic));
            page.assertNothingWentWrong();
        }
    }

    @Test
    void whoIsNoAdminIsAskedForAnotherLogin() {
        try (Page page = Page.of(cluster.a(), "operations/")) {
            page.until(() -> page.shows("dialog input[name=email]"));
            assertThat(page.all("#watch-facts div")).isEmpty();
        }
    }
}
