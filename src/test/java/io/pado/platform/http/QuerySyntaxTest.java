package io.pado.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuerySyntaxTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "a=%20&b=%ED%95%9C", "a=|", "a= ", "a=../..", "a=%5c%00"})
    void whatCanBeReadIsRight(String query) {
        assertThat(QuerySyntax.isRight(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "a=%ff", "a=%ED%A0%80", "a=\t", "a=\u0000", "a=\u007f", "a=\\", "a=#b"})
    void whatIsInNoAddressOrNoUtf8IsNot(String query) {
        assertThat(QuerySyntax.isRight(query)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b&&c", "a=%7C[];:@,'", "a=커피"})
    void queryOfAResourceIsThatOfAUri(String query) {
        assertThat(QuerySyntax.isOfUri(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "a={b}", "^", "`", "a=\"", "<>", "a=%"})
    void otherCharactersMustBeEncodedForResources(String query) {
        assertThat(QuerySyntax.isOfUri(query)).isFalse();
    }
}
