package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue.ValueType;
import java.net.http.HttpResponse;
import java.util.List;

/** What every error answer must be. */
final class Problems {

    private Problems() {
    }

    /** Checks the form, and that nothing of the inside is told. */
    static JsonObject assertIs(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/problem+json"));
        JsonObject problem = Http.json(answer.body());
        assertThat(problem.keySet()).contains("type", "title", "status", "detail", "instance", "retryable");
        assertThat(problem.getString("type")).startsWith("urn:pado:problem:");
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("instance")).isEqualTo(answer.uri().getRawPath());
        assertThat(problem.get("retryable").getValueType()).isIn(ValueType.TRUE, ValueType.FALSE);
        assertThat(answer.body()).doesNotContain("Exception", "io.pado", "java.", "\\tat ");
        return problem;
    }

    /** The names of the fields that a validation complains about. */
    static List<String> fields(JsonObject problem) {
        return problem.getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                .peek(error -> assertThat(error.getString("detail")).isNotBlank())
                .map(error -> error.getString("field")).toList();
    }

    /** A refusal as a browser's own {@code EventSource} needs it, or it would not come back. */
    static void assertInBand(String reason, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        assertThat(answer.body()).matches("(?s)retry: [1-9][0-9]{3,4}\ndata: \\{.*}\n\n");
        JsonObject closing = Http.json(answer.body().replaceFirst("(?s).*data: ", ""));
        assertThat(closing.getString("type")).isEqualTo("closing");
        assertThat(closing.getString("reason")).isEqualTo(reason);
        assertThat(closing.getString("detail")).isNotEmpty();
    }
}
