package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void controlCharactersAndHalvesOfCharactersAreUnclean() {
        assertThat(Texts.isClean("파도 😀 '\"<>")).isTrue();
        for (String unclean : new String[] {"a\u0000", "\n", "a\u0085", "a\u2028b", "\u2029", "\ud83d", "\ude00\ud83d"}) {
            assertThat(Texts.isClean(unclean)).as(unclean).isFalse();
        }
    }

    @Test
    void lineThatIsTurnedAroundIsUnclean() {
        for (char turning : "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".toCharArray()) {
            assertThat(Texts.isClean("a" + turning + "nimda")).as("%x", (int) turning).isFalse();
            assertThat(Texts.isReadable("a" + turning + "nimda")).isTrue();
            assertThat(Texts.cleaned("a" + turning + "nimda", 10)).isEqualTo("animda");
        }
        assertThat(Texts.isClean("\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \u05e9\u05dc\u05d5\u05dd\u200f \u0645\u06cc\u200c\u062e")).isTrue();
    }

    @Test
    void textThatNobodySeesIsNotVisible() {
        for (String unseen : new String[] {"", " \t", "\u200b\u2060", "\u200d", "\u00a0\u3000", "\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\ufe0f", "\u034f", "\u00ad",
            "\ufeff", "\udb40\udc41", "\u180e"}) {
            assertThat(Texts.isVisible(unseen)).as(unseen).isFalse();
        }
        for (String seen : new String[] {"a", "\u200ba", "파", "\ud83d\ude00", "\u2764\ufe0f", "e\u0301", "-", "\ud83d\udc68\u200d\ud83d\udc69"}) {
            assertThat(Texts.isVisible(seen)).as(seen).isTrue();
        }
    }

    @Test
    void onlyTextOfSeveralLinesMayHaveLineSeparators() {
        assertThat(Texts.isReadable("a\r\nb\tc\u2028d\u2029")).isTrue();
        assertThat(Texts.isReadable("a\u0085b")).isFalse();
    }

    @Test
    void cleanedTextKeepsWholeCharactersOnly() {
        assertThat(Texts.cleaned("a\u0000b\ud83dc", 10)).isEqualTo("abc");
        assertThat(Texts.cleaned("😀😀😀", 2)).isEqualTo("😀😀");
        assertThat(Texts.cleaned("\n\t\u2028\u2029", 10)).isEmpty();
    }
}
