package io.pado.realtime.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseFrameTest {

    @Test
    void fieldsAreOneALineAndEndWithABlankOne() {
        assertThat(text(new SseFrame().id("aaaa-1").event("message").data("{}"))).isEqualTo("id: aaaa-1\nevent: message\ndata: {}\n\n");
    }

    @Test
    void everyKindOfLineBreakInTheDataStartsANewDataLine() {
        assertThat(text(new SseFrame().data("a\nb\r\nc\rd"))).isEqualTo("data: a\ndata: b\ndata: c\ndata: d\n\n");
    }

    @Test
    void dataCannotMakeAFieldOfItsOwn() {
        assertThat(text(new SseFrame().data("x\n\nid: 9\nevent: evil"))).isEqualTo("data: x\ndata: \ndata: id: 9\ndata: event: evil\n\n");
    }

    @Test
    void dataIsUtf8() {
        assertThat(text(new SseFrame().data("파도"))).isEqualTo("data: 파도\n\n");
    }

    /** Some clients take an empty line for an event, whatever was before it. */
    @Test
    void emptyLineFollowsEventsOnly() {
        assertThat(text(new SseFrame().comment("hb"))).isEqualTo(": hb\n");
        assertThat(text(new SseFrame().comment("a").then(new SseFrame().data("b")).then(new SseFrame().comment("c"))))
                .isEqualTo(": a\ndata: b\n\n: c\n");
        assertThat(text(new SseFrame().id("1").with(new SseFrame().comment("open")))).isEqualTo("id: 1\n: open\n\n");
    }

    private static String text(SseFrame frame) {
        return new String(frame.bytes(), StandardCharsets.UTF_8);
    }
}
