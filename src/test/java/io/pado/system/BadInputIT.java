package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TwoNodes.class)
class BadInputIT {

    private static final int TWO_MEBIBYTES = 2 * 1024 * 1024;
    private static final String NO_SUCH_POLL = "/api/polls/999999999/votes";

    private final Cluster cluster;

    BadInputIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse/events?client_id=a&channels=votes,nothing", "/sse/events?client_id=a&channels=Votes",
            "/sse/events", "/sse/votes", "/sse/votes?client_id=", "/sse/votes?client_id=%20",
            "/sse/votes?client_id=a%0Ab", "/sse/votes?client_id=a%00b", "/api/polls?before=x"})
    void streamWithoutANameOrOfUnknownChannelsIsRefused(String path) {
        Problems.assertIs(400, Http.get(cluster.a(), path));
    }

    @Test
    void clientIdMayHave200CharactersAndNoMore() {
        try (Stream stream = Stream.open(cluster.a(), "/sse/votes?client_id=" + "a".repeat(200)).greeted()) {
            assertThat(stream.ended()).isFalse();
        }
        Problems.assertIs(400, Http.get(cluster.a(), "/sse/votes?client_id=" + "a".repeat(201)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/polls/999999999", "/api/polls/none", "/api/polls/-1", "/api/polls/99999999999999999999",
            "/api/nothing", "/sse/nothing?client_id=a"})
    void whatIsNotThereIs404(String path) {
        Problems.assertIs(404, Http.get(cluster.a(), path));
    }

    @Test
    void voteForAPollThatDoesNotExistIs404() {
        Problems.assertIs(404, Http.post(cluster.a(), NO_SUCH_POLL, "{\"optionId\":1,\"client_id\":\"a\"}"));
    }

    @Test
    void voteForAnotherPollsOptionIs404() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        SamplePoll other = SamplePoll.open(cluster.database());

        Problems.assertIs(404, Http.post(cluster.a(), poll.path() + "/votes", other.vote(0, "a")));

        assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).isZero();
    }

    @Test
    void voteInAClosedPollIs409() {
        SamplePoll poll = SamplePoll.closed(cluster.database());

        Problems.assertIs(409, Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "a")));

        assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).isZero();
    }

    @Test
    void anonymousVoteInAPollOfUsersIs403() {
        SamplePoll poll = SamplePoll.forUsersOnly(cluster.database());
        Problems.assertIs(403, Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"client_id\":null", ",\"client_id\":\"\"", ",\"client_id\":\" \"", ",\"client_id\":\"a\\u0000b\""})
    void voteWithoutAVoterNamesTheField(String voter) {
        SamplePoll poll = SamplePoll.open(cluster.database());

        JsonObject problem = Problems.assertIs(422, Http.post(cluster.a(), poll.path() + "/votes",
                "{\"optionId\":" + poll.options().get(0) + voter + '}'));

        assertThat(Problems.fields(problem)).containsExactly("client_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"client_id\":\"a\"}", "{\"client_id\":\"a\",\"optionId\":null}"})
    void voteWithoutAnOptionNamesTheField(String body) {
        SamplePoll poll = SamplePoll.open(cluster.database());

        JsonObject problem = Problems.assertIs(422, Http.post(cluster.a(), poll.path() + "/votes", body));

        assertThat(Problems.fields(problem)).containsExactly("optionId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{", "[]", "7", "\"text\"", "null", "{\"optionId\":\"x\",\"client_id\":\"a\"}",
            "{\"optionId\":{},\"client_id\":\"a\"}", "{\"optionId\":true,\"client_id\":\"a\"}",
            "{\"optionId\":1,\"client_id\":{\"a\":1}}"})
    void bodyThatIsNoVoteIs400(String body) {
        Problems.assertIs(400, Http.post(cluster.a(), SamplePoll.open(cluster.database()).path() + "/votes", body));
    }

    /** N stands for the id of an option that exists. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"optionId\":[N],\"client_id\":\"a\"}", "{\"optionId\":N.5,\"client_id\":\"a\"}",
            "{\"optionId\":N,\"client_id\":[\"a\"]}", "{\"optionId\":N,\"client_id\":\"a\"}}",
            "{\"optionId\":99999999999999999999,\"client_id\":\"a\"}"})
    void wrongTypeNeverCountsAsAVote(String body) {
        SamplePoll poll = SamplePoll.open(cluster.database());

        HttpResponse<String> answer = Http.post(cluster.a(), poll.path() + "/votes", body.replace("N", poll.options().get(0).toString()));

        assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).isZero();
        Problems.assertIs(400, answer);
    }

    /** They were read as U+FFFD, and different voters were one. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda080", "b0a1", "b3aa", "f5808080"})
    void bodyThatIsNotUtf8Is400AndNoVote(String hex) {
        SamplePoll poll = SamplePoll.open(cluster.database());
        byte[] body = bytes(poll.vote(0, "X"), hex);

        for (BodyPublisher sent : List.of(BodyPublishers.ofByteArray(body), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            for (String type : List.of("application/json", "application/json;charset=utf-8")) {
                JsonObject problem = Problems.assertIs(400, vote(poll.path() + "/votes", type, sent));
                assertThat(problem.getString("type")).endsWith(":bad-json");
                assertThat(problem.getString("detail")).contains("not UTF-8");
            }
        }
        Problems.assertIs(400, vote(poll.path() + "/votes", "application/json", BodyPublishers.ofByteArray(bytes("{\"client_id\":\"aX", "ea b0"))));
        assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).isZero();
    }

    @Test
    void bodyInACharsetThatItNamesIsRead() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        for (String hex : List.of("b0a1", "b3aa")) {
            HttpResponse<String> answer = vote(poll.path() + "/votes", "application/json;charset=euc-kr", BodyPublishers.ofByteArray(bytes(poll.vote(0, "X"), hex)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        assertThat(vote(poll.path() + "/votes", "application/json", BodyPublishers.ofString(poll.vote(0, "가"))).statusCode()).isEqualTo(200);
        Problems.assertIs(400, vote(poll.path() + "/votes", "application/json;charset=us-ascii", BodyPublishers.ofString(poll.vote(0, "나"))));

        assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).as("in EUC-KR 가 is the voter that it is in UTF-8").isEqualTo(2);
    }

    @Test
    void deeplyNestedBodyIs400() {
        String nested = "{\"optionId\":" + "[".repeat(100_000) + "]".repeat(100_000) + '}';
        Problems.assertIs(400, Http.post(cluster.a(), SamplePoll.open(cluster.database()).path() + "/votes", nested));
    }

    @Test
    void bodyOverTheLimitIs413WhetherItsLengthIsAnnouncedOrNot() {
        byte[] body = ("{\"optionId\":1,\"client_id\":\"" + "a".repeat(TWO_MEBIBYTES) + "\"}").getBytes(StandardCharsets.UTF_8);

        Problems.assertIs(413, vote(BodyPublishers.ofByteArray(body)));
        Problems.assertIs(413, vote(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
    void otherContentTypesAre415(String type) {
        Problems.assertIs(415, Http.send(HttpRequest.newBuilder(cluster.a().resolve(NO_SUCH_POLL)).header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"optionId\":1,\"client_id\":\"a\"}"))));
    }

    @ParameterizedTest
    @CsvSource({"DELETE,/api/polls/1", "PUT,/api/polls", "GET,/api/polls/1/votes", "POST,/sse/votes?client_id=a"})
    void wrongMethodIs405AndNamesTheRightOnes(String method, String path) {
        HttpResponse<String> answer = Http.send(HttpRequest.newBuilder(cluster.a().resolve(path))
                .header("Content-Type", "application/json").method(method, BodyPublishers.noBody()));

        Problems.assertIs(405, answer);
        assertThat(answer.headers().firstValue("Allow")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400|options,title|{\"title\":7,\"options\":\"a\"}",
        "400|anonymous|{\"title\":\"?\",\"options\":[\"a\",\"b\"],\"anonymous\":\"yes\"}",
        "400|options|{\"title\":\"?\",\"options\":[1,\"b\"]}",
        "422|options,title|{}",
        "422|options|{\"title\":\"?\",\"options\":[\"a\"]}",
        "422|options|{\"title\":\"?\",\"options\":[\"a\",\" \"]}"})
    void wrongPollNamesItsFields(int status, String fields, String body) {
        JsonObject problem = Problems.assertIs(status, Login.of(cluster.a(), "admin").post("/api/polls", body));
        assertThat(Problems.fields(problem)).containsExactlyInAnyOrder(fields.split(","));
    }

    @Test
    void onlyAdminsOpenAndClosePolls() {
        SamplePoll poll = SamplePoll.open(cluster.database());

        Problems.assertIs(401, Http.post(cluster.a(), "/api/polls", "{\"title\":\"?\",\"options\":[\"a\",\"b\"],\"anonymous\":true}"));
        Problems.assertIs(401, Http.post(cluster.a(), poll.path() + "/close", ""));

        assertThat(Http.poll(cluster.a(), poll).getBoolean("closed")).isFalse();
    }

    /** @return the text's bytes, with others in the place of its X */
    private static byte[] bytes(String text, String hex) {
        byte[] others = HexFormat.of().parseHex(hex.replace(" ", ""));
        return text.replace("X", new String(others, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private HttpResponse<String> vote(String path, String type, BodyPublisher body) {
        return Http.send(HttpRequest.newBuilder(cluster.a().resolve(path)).header("Content-Type", type).POST(body));
    }

    private HttpResponse<String> vote(BodyPublisher body) {
        return Http.send(HttpRequest.newBuilder(cluster.a().resolve(NO_SUCH_POLL)).header("Content-Type", "application/json").POST(body));
    }
}
