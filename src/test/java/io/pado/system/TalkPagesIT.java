package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The pages for talking with characters, in public, and with the AI, in a real browser. */
@ExtendWith(TwoNodes.class)
class TalkPagesIT {

    private static final String WRITTEN = ".composer textarea";
    private static final String LONG = "파도에 대해 50문장으로 이야기해 주세요";

    private final Cluster cluster;

    TalkPagesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void characterAnswersTypesOnAfterAReloadAndCanBeStopped() {
        try (Page page = Page.of(cluster.a(), "chat/", "user1")) {
            page.click("#new-room");
            page.click("dialog .faces label:nth-child(1) input");
            page.find("dialog button[type=submit]").sendKeys(Keys.ENTER);
            page.until(() -> page.all("dialog").isEmpty() && page.shows("#closeness"));
            String room = String.valueOf(page.run("return location.hash")).substring(1);
            page.find(WRITTEN).sendKeys(LONG, Keys.ENTER);
            String before = answer(page, "");

            page.visit(cluster.a().resolve("/chat/?again#" + room));
            assertThat(answer(page, before)).startsWith(before);
            page.click("#stop");
            page.until(() -> page.all(".answer").isEmpty() && page.all("#messages .message").size() == 2);
            List<JsonObject> stored = Http.json(cluster.login("user1").get("/api/chat/rooms/" + room + "/messages").body()).getJsonArray("items")
                    .getValuesAs(JsonObject.class);
            assertThat(texts(page)).containsExactly(LONG, stored.get(0).getString("content"));

            page.find(WRITTEN).sendKeys("안녕", Keys.ENTER);
            page.until(() -> page.all("#messages .message").size() == 4 && page.all(".answer").isEmpty());
            page.until(() -> page.text("#closeness").matches(".*[1-9]0 .*"));
            assertReadable(page, "#room-name", "#closeness", ".mine .said", ".message:last-child .said");
            page.assertNothingWentWrong();
        }
    }

    @Test
    void charactersHaveTheirNamesInTheLanguageOfThePage() {
        try (Page page = Page.of(cluster.a(), "chat/", "user2")) {
            page.click("#new-room");
            page.click("dialog .faces label:nth-child(2) input");
            page.find("dialog button[type=submit]").sendKeys(Keys.ENTER);
            page.until(() -> page.all("dialog").isEmpty() && page.shows("#closeness"));
            page.find(WRITTEN).sendKeys("안녕", Keys.ENTER);
            page.until(() -> page.shows("#messages [data-type=ai] strong"));
            for (int i = 0; i < 2; i++) {
                String name = page.text("#language").equals("English") ? "미나" : "Mina";
                for (String place : List.of("#room-name", "#rooms [aria-current=true]")) {
                    page.until(() -> page.text(place).equals("☕ " + name));
                }
                page.until(() -> page.text("#messages [data-type=ai] strong").equals(name));
                page.click("#new-room");
                page.until(() -> page.text("dialog .faces label:nth-child(2)").equals("☕ " + name));
                page.find("body").sendKeys(Keys.ESCAPE);
                page.until(() -> page.all("dialog").isEmpty());
                page.find("#language").sendKeys(Keys.ENTER);
            }
            page.assertNothingWentWrong();
        }
    }

    @Test
    void publicRoomIsHeardAndOneEnterSendsAKoreanSentenceOnce() {
        String mark = UUID.randomUUID().toString();
        try (Page page = Page.of(cluster.a(), "chat/", "customer")) {
            page.until(() -> page.shows(WRITTEN));
            page.find(WRITTEN).sendKeys(mark + " 안녕하세");
            page.compose("요");
            page.find(WRITTEN).sendKeys(Keys.ENTER);
            page.until(() -> texts(page).contains(mark + " 안녕하세요"));
            page.find(WRITTEN).sendKeys(mark + " 하나", Keys.chord(Keys.SHIFT, Keys.ENTER), "둘", Keys.ENTER);
            page.until(() -> texts(page).contains(mark + " 하나\n둘"));
            cluster.login("user2").at(cluster.b()).post("/api/chat/messages", "{\"content\":\"" + mark + " 셋\"}");
            page.until(() -> texts(page).contains(mark + " 셋"));

            assertThat(texts(page).stream().filter(text -> text.startsWith(mark))).containsExactly(mark + " 안녕하세요", mark + " 하나\n둘", mark + " 셋");
            String before = page.text("#room-name");
            page.find("#language").sendKeys(Keys.ENTER);
            page.until(() -> !page.text("#room-name").equals(before));
            page.assertNothingWentWrong();
        }
    }

    @Test
    void questionIsAnsweredWithoutALoginOverAReloadAndCanBeStopped() {
        try (Page page = Page.of(cluster.a(), "ai/")) {
            page.until(() -> page.shows(WRITTEN));
            page.find(WRITTEN).sendKeys(LONG, Keys.ENTER);
            String before = answer(page, "");
            page.visit(cluster.a().resolve("/ai/?again"));
            assertThat(answer(page, before)).startsWith(before);
            page.click("#stop");
            page.until(() -> page.shows(".answer[data-state=stopped]"));

            page.find(WRITTEN).sendKeys("안녕?", Keys.ENTER);
            page.until(() -> page.shows(".exchange:nth-child(2) .answer[data-state=complete][data-typing=false]"));
            assertThat(page.all(".exchange")).hasSize(2);
            assertReadable(page, "h1", ".mine .said", ".answer .said", ".answer-state");
            page.assertNothingWentWrong();
        }
    }

    /** The answer in the making, once it is longer than a text that was seen before. */
    private static String answer(Page page, String before) {
        String[] text = {""};
        page.until(() -> {
            text[0] = page.all(".answer .said").stream().map(WebElement::getText).findFirst().orElse("");
            return text[0].length() > before.length() + 10;
        });
        return text[0];
    }

    private static List<String> texts(Page page) {
        return page.all("#messages .said").stream().map(WebElement::getText).toList();
    }

    private static void assertReadable(Page page, String... texts) {
        for (String theme : List.of("light", "dark")) {
            page.prefer(theme);
            page.until(() -> theme.equals(page.find("html").getDomAttribute("data-theme")));
            for (String text : texts) {
                page.until(() -> page.contrast(text) > 4.5);
            }
        }
    }
}
