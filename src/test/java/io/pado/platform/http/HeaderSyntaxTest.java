package io.pado.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderSyntaxTest {

    @Test
    void commaWithinQuotesDividesNothing() {
        assertThat(HeaderSyntax.items("text/html;a=\"x,y\", */*")).containsExactly("text/html;a=\"x,y\"", " */*");
        assertThat(HeaderSyntax.items("a;b=\"\\\",\",c")).containsExactly("a;b=\"\\\",\"", "c");
        assertThat(HeaderSyntax.items("a;b=\",c")).containsExactly("a;b=\",c");
    }

    /** It ended in a StackOverflowError. */
    @Test
    void languageOfAnyLengthIsNone() {
        assertThat(HeaderSyntax.isLanguage("a" + "-a".repeat(100_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"en,true", "en;q=0.5,true", "en;Q=0.5,true", "*,true", "zh-Hant-TW,true", "ko_KR,true", "ko_KR.UTF-8,true", "sr_RS@latin;q=0.5,true",
            "th_TH_TH_#u-nu-thai,true", "C,true", "7,true", "en us,true", "xx-,true", "en;q=x,false", "ko_KR;q=2,false",
            "en;a=1,false"})
    void languageMayHaveAQuality(String item, boolean right) {
        assertThat(HeaderSyntax.isLanguage(item)).isEqualTo(right);
    }
}
