package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The React code that the documents of the systems 3 and 5 print, and {@code useChat} of the Vercel AI SDK, in a real browser. */
@ExtendWith(TwoNodes.class)
class TalkScreensIT {

    private static final String LONG = "파도에 대해 자세히 이야기해 주세요";

    private static Cable cable;
    private static ReactScreens screens;
    private static Page page;
    private static Login user;

    private final String client = UUID.randomUUID().toString();

    @BeforeAll
    static void open(Cluster cluster) {
        user = cluster.login("customer");
        cable = Cable.to(cluster.b());
        screens = ReactScreens.of(cable.uri());
        page = Page.of(screens.screen("/"), "");
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {page, screens, cable}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void questionOfTheDocumentIsAnsweredWholeAndOnce() {
        visit("/ai-chat", Map.of("emp_no", client));
        page.until(() -> page.text("#response").contains("▋"));
        page.find("input").sendKeys("파도는 왜 생기나요?");
        page.click("button");
        page.until(() -> page.run("return document.body.dataset.whole") != null);
        assertThat(page.text("#response")).isEqualTo(page.run("return document.body.dataset.whole") + "▋");
        page.assertNothingWentWrong();
    }

    @Test
    void threeHooksOfChatTsxShareOneConnectionAndHearTheirOwn() {
        int before = screens.streams();
        visit("/three-channels", Map.of("emp_no", client));
        page.until(() -> page.all(".chip").stream().map(WebElement::getText).toList().equals(List.of("투표: 🟢", "채팅: 🟢", "AI: 🟢")));
        assertThat(screens.streams() - before).isEqualTo(1);

        String said = "모두 안녕 " + client;
        assertThat(user.post("/api/chat/messages", "{\"content\":\"" + said + "\"}").statusCode()).isEqualTo(201);
        Http.post(cable.uri(), "/api/ai/chat", "{\"question\":\"안녕\",\"client_id\":\"" + client + "\"}");
        page.until(() -> page.all("li").stream().anyMatch(item -> item.getText().equals("customer: " + said)) && !page.text("#response").isEmpty());
        page.assertNothingWentWrong();
    }

    @Test
    void componentsShowVotesAndTypeTheAnswer() {
        visit("/components", Map.of("emp_no", client));
        page.until(() -> page.shows(".pado-poll meter") && !page.all(".pado-answer[data-connected=true]").isEmpty());
        Http.post(cable.uri(), "/api/ai/chat", "{\"question\":\"안녕\",\"client_id\":\"" + client + "\"}");
        page.until(() -> page.run("return document.body.dataset.whole") != null);
        page.until(() -> page.text(".pado-answer").equals(page.run("return document.body.dataset.whole")));
        page.assertNothingWentWrong();
    }

    @Test
    void documentsClientReadsAnswersOfBothKindsOfRoomsToTheEnd() {
        List<Integer> personas = Http.array(user.get("/api/personas").body()).getValuesAs(JsonObject.class).stream().map(each -> each.getInt("id")).toList();
        List<String> alone = linesOf("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        assertThat(alone).startsWith("user_message 안녕하세요!").endsWith("exp_updated 10", "complete", "[DONE]");
        assertThat(alone).anyMatch(line -> line.startsWith("text_chunk "));
        List<String> group = linesOf("{\"kind\":\"group\",\"name\":\"모임\",\"personaIds\":[%d,%d]}".formatted(personas.get(0), personas.get(1)));
        assertThat(group).startsWith("user_message 안녕하세요!").endsWith("complete", "[DONE]");
        assertThat(group.stream().filter(line -> line.startsWith("ai_response "))).hasSize(2);
        page.assertNothingWentWrong();
    }

    @Test
    void useChatGoesOnAfterAReloadAndALossAndCanBeStopped() {
        String screen = "/use-chat?resuming&chat=" + client;
        visit(screen, Map.of());
        ask(LONG);
        String before = answer(20);
        visit(screen, Map.of());
        assertThat(answer(before.length())).startsWith(before);

        cable.cut();
        page.until(() -> status().equals("error"));
        String lost = answer(1);
        cable.mend();
        page.click("#again");
        page.until(() -> answer(1).length() > lost.length() && status().equals("streaming"));
        assertThat(answer(1)).startsWith(lost);

        page.click("#stop");
        page.until(() -> status().equals("ready"));
        String half = lost.substring(0, lost.length() / 2);
        assertThat(answer(1).indexOf(half)).as("the text is there once").isEqualTo(answer(1).lastIndexOf(half));
        assertThat(page.all("p.assistant")).hasSize(1);
    }

    private List<String> linesOf(String room) {
        String id = Http.json(user.post("/api/chat/rooms", room).body()).getString("id");
        visit("/send", Map.of("room_id", id, "user_id", String.valueOf(user.userId()), "user_name", "손님", "auth_token", user.token()));
        page.click("button");
        page.until(() -> page.all("li").stream().anyMatch(line -> line.getText().equals("[DONE]")));
        return page.all("li").stream().map(WebElement::getText).toList();
    }

    private static void visit(String screen, Map<String, String> kept) {
        kept.forEach((name, value) -> page.run("localStorage.setItem(arguments[0], arguments[1])", name, value));
        page.visit(screens.screen(screen));
        page.until(() -> !page.all("#root > *").isEmpty());
    }

    private static void ask(String question) {
        page.find("input").sendKeys(question, Keys.ENTER);
    }

    /** The answer on the page, once it is longer than so many characters. */
    private static String answer(int longerThan) {
        String[] text = {""};
        page.until(() -> {
            text[0] = page.all("p.assistant").stream().map(WebElement::getText).findFirst().orElse("");
            return text[0].length() >= longerThan;
        });
        return text[0];
    }

    private static String status() {
        return page.find("form").getDomAttribute("data-status");
    }
}
