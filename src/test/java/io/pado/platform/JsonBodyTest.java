package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

    private static int statusOf(String text) {
        JsonBody body = JsonBody.parse(text, "{}");
        body.objects("items", 1, 2);
        return catchThrowableOfType(ProblemException.class, body::check).problem().status();
    }
}
