package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The page of friends in a real browser, on one node; the friend is on the other. */
@ExtendWith(BriefGrace.class)
class FriendsPageIT {

    private static final String REQUESTS = "/api/friends/requests";
    /** The document's own settings. */
    private static final String LOCATION = """
            location /api/presence/stream {
                proxy_pass http://backend;
                proxy_buffering off;
                proxy_cache off;
                proxy_set_header Connection '';
                proxy_http_version 1.1;
                chunked_transfer_encoding off;
            }
            """;

    private final Cluster cluster;
    private final Login friend;

    FriendsPageIT(Cluster cluster) {
        this.cluster = cluster;
        this.friend = Login.of(cluster.b(), "user5");
    }

    @AfterEach
    void part() {
        friend.delete("/api/friends/" + Login.of(cluster.a(), "user4").userId());
    }

    @Test
    void friendshipBeginsIsSeenLiveAndEndsByKeyboard() {
        try (Page page = Page.of(cluster.a(), "friends/", "user4")) {
            page.until(() -> page.shows(".state") && page.all("#friends li").isEmpty());
            page.find("#ask input").sendKeys("user4@demo.pado", Keys.ENTER);
            page.until(() -> page.shows("#ask-problem"));
            page.find("#ask input").clear();
            page.find("#ask input").sendKeys("user5@demo.pado", Keys.ENTER);
            page.until(() -> page.text("#outgoing").contains("user5") && !page.shows("#ask-problem"));

            accept();
            page.until(() -> page.shows(row("offline")) && page.all("#outgoing li").isEmpty());
            try (Onlooking looking = Onlooking.open(friend)) {
                page.until(() -> page.shows(row("online")));
                Login own = Login.of(cluster.a(), "user4");
                looking.awaitShown(own, true);
                page.find("#invisible").sendKeys(Keys.SPACE);
                looking.awaitShown(own, false);
                page.until(() -> page.shows(row("online")) && page.find("#invisible").getDomAttribute("aria-busy") == null);
                page.find("#invisible").sendKeys(Keys.SPACE);
                looking.awaitShown(own, true);
            }
            page.until(() -> page.shows(row("offline")) && page.text(row("offline") + " .when").matches(".*\\d.*"));
            assertReadable(page);

            page.find("#friends .end").sendKeys(Keys.ENTER);
            page.until(() -> page.shows("dialog button[type=submit]"));
            page.find("dialog button[type=submit]").sendKeys(Keys.ENTER);
            page.until(() -> page.all("#friends li").isEmpty() && page.all("dialog").isEmpty());
            page.assertNothingWentWrong();
        }
    }

    @Test
    void requestOfSomebodyElseIsDeclinedAndTheNextOneAccepted() {
        try (Page page = Page.of(cluster.a(), "friends/", "user4")) {
            for (String answer : List.of("decline", "accept")) {
                assertThat(friend.post(REQUESTS, "{\"email\":\"user4@demo.pado\"}").statusCode()).isEqualTo(201);
                page.until(() -> page.shows("#incoming ." + answer));
                page.find("#incoming ." + answer).sendKeys(Keys.ENTER);
                page.until(() -> page.all("#incoming li").isEmpty());
            }
            page.until(() -> page.shows("#friends li"));
            page.assertNothingWentWrong();
        }
    }

    @Test
    void documentsClientsWorkBehindNginxWithTheDocumentsSettings() {
        People people = new People(cluster);
        Login user = people.anew();
        Login other = people.friendOf(List.of(user));
        try (Nginx nginx = Nginx.before(cluster.a(), LOCATION); DocumentsPresence printed = DocumentsPresence.open(nginx.uri(), other)) {
            printed.awaitShown(user, false);
            List<String> lines = DocumentsPresence.lines(nginx.uri(), user, 6);
            assertThat(List.of(lines.get(0), lines.get(2), lines.get(4))).isEqualTo(List.of("connected", "initial", "heartbeat"));
            assertThat(Http.json(lines.get(3)).keySet()).containsExactly(Long.toString(other.userId()));
            try (Onlooking own = People.look(user, nginx.uri())) {
                printed.awaitShown(own.login(), true);
            }
            printed.awaitShown(user, false);
            assertThat(printed.heard()).startsWith("connected", "initial").doesNotContain("error");
        }
    }

    private void accept() {
        long id = Http.json(friend.get(REQUESTS).body()).getJsonArray("incoming").getJsonObject(0).getJsonNumber("id").longValue();
        assertThat(friend.post(REQUESTS + "/" + id + "/accept", "").statusCode()).isEqualTo(200);
    }

    private String row(String presence) {
        return "#friends li[data-key='" + friend.userId() + "'][data-presence=" + presence + "]";
    }

    private static void assertReadable(Page page) {
        for (String theme : List.of("light", "dark")) {
            page.prefer(theme);
            page.until(() -> theme.equals(page.find("html").getDomAttribute("data-theme")));
            for (String text : List.of("#friends-title", "#count", "#friends .when", "#friends .end", "#ask button", "#invisible-what")) {
                page.until(() -> page.contrast(text) > 4.5);
            }
        }
        String before = page.text("#friends-title");
        page.find("#language").sendKeys(Keys.ENTER);
        page.until(() -> !page.text("#friends-title").equals(before));
    }
}
