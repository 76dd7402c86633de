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
