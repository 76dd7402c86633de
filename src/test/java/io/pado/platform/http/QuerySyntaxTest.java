package io.pado.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuerySyntaxTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "a=%20&b=%ED%95%9C", "a=|", "a= ", "a=../..", "a=%5c%00"})
    void whatCanBeReadIsRight(String query) {
        assertThat(QuerySyntax.isRight(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "a=%ff", "a=%ED%A0%80", "a=\t", "a=\u0000", "a=\u007f", "a=\\", "a=#b", "a=%+f", "a=%+f\u0085"})
    void whatIsInNoAddressOrNoUtf8IsNot(String query) {
        assertThat(QuerySyntax.isRight(query)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/api/polls/%25,true", "/a/%ED%8C%8C,true", "/a;b=c/d+e,true", "/api/polls/%ff,false", "/a/%ED%A0%80,false", "/a|b,false", "/a/../b,false"})
    void pathIsUtf8(String path, boolean right) {
        assertThat(QuerySyntax.isPath(path)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource({"shop.example,true", "shop_1:8443,true", "[::1]:9080,true", "'',true", "a b,false", "a/b,false", "a?b,false", "%zz,false", "a|b,false"})
    void hostIsANameOrAnAddress(String host, boolean right) {
        assertThat(QuerySyntax.isHost(host)).isEqualTo(right);
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
