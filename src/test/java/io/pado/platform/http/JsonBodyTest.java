package io.pado.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pado.platform.problem.Problem;
import io.pado.platform.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonBodyTest {

    @Test
    void objectsInAListAreReadLikeTheBodyAndTellTheirWrongFieldsWithIt() {
        JsonBody body = JsonBody.parse("{\"items\":[{\"n\":1},{\"n\":0},{\"n\":\"two\"},{}]}", "{}");
        List<Long> numbers = body.objects("items", 1, 4).stream().map(item -> item.number("n", 1, 9)).toList();

        ProblemException refused = catchThrowableOfType(ProblemException.class, body::check);

        assertThat(numbers).containsExactly(1L, 1L, 1L, 1L);
        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().errors()).extracting(Problem.FieldError::field)
                .containsExactly("items[1].n", "items[2].n", "items[3].n");
    }

    @Test
    void listOfOtherThingsIsAWrongTypeAndAListOfAnotherLengthIsInvalid() {
        assertThat(statusOf("{\"items\":[7]}")).isEqualTo(400);
        assertThat(statusOf("{\"items\":{}}")).isEqualTo(400);
        assertThat(statusOf("{\"items\":[]}")).isEqualTo(422);
        assertThat(statusOf("{\"items\":[{},{},{}]}")).isEqualTo(422);
        assertThat(statusOf("{}")).isEqualTo(422);
    }

    @Test
    void numberIsWholeAndWithinItsBounds() {
        JsonBody body = JsonBody.parse("{\"a\":-1,\"b\":10,\"c\":1.5,\"d\":9}", "{}");

        assertThat(body.number("d", 0, 9)).isEqualTo(9);
        List.of("a", "b", "c").forEach(field -> body.number(field, 0, 9));

        assertThat(catchThrowableOfType(ProblemException.class, body::check).problem().errors())
                .extracting(Problem.FieldError::field).containsExactly("a", "b", "c");
    }

    @Test
    void linesMayBreakAndTextsMayNotAndNeitherHasHalvesOfCharacters() {
        JsonBody body = JsonBody.parse("{\"a\":\"x\\r\\n\\ty\",\"b\":\" \\n\",\"c\":\"\\ud83d\",\"d\":\"\\u0007\",\"e\":\"xyz\"}", "{}");

        assertThat(body.lines("a", 5)).isEqualTo("x\r\n\ty");
        List.of("b", "c", "d").forEach(field -> body.lines(field, 5));
        body.lines("e", 2);
        List.of("a", "c").forEach(field -> body.text(field, 5));

        assertThat(catchThrowableOfType(ProblemException.class, body::check).problem().errors())
                .extracting(Problem.FieldError::field).containsExactly("b", "c", "d", "e", "a", "c");
    }

    @Test
    void numbersOfAListAreWhole() {
        JsonBody body = JsonBody.parse("{\"a\":[1,-2],\"b\":[1.5],\"c\":[\"1\"],\"d\":[1,2,3],\"e\":[99999999999999999999]}", "{}");

        assertThat(body.numbers("a", 1, 2)).containsExactly(1L, -2L);
        List.of("b", "c", "d", "e", "f").forEach(field -> body.numbers(field, 1, 2));

        assertThat(catchThrowableOfType(ProblemException.class, body::check).problem().errors())
                .extracting(Problem.FieldError::field).containsExactly("b", "c", "d", "e", "f");
    }

    private static int statusOf(String text) {
        JsonBody body = JsonBody.parse(text, "{}");
        body.objects("items", 1, 2);
        return catchThrowableOfType(ProblemException.class, body::check).problem().status();
    }
}
