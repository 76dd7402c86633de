package io.pado.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemMapperTest {

    private static final ServerAddress SERVER = new ServerAddress();

    static Stream<Throwable> whatPasses() {
        return Stream.of(new MongoTimeoutException("no server"), new MongoSocketReadTimeoutException("hangs", SERVER, new IOException()),
                new MongoNotPrimaryException(failure(10_107, "NotWritablePrimary"), SERVER), command(13, "Unauthorized"), command(112, "WriteConflict"),
                command(50, "MaxTimeMSExpired"), command(14_031, "OutOfDiskSpace"), new IllegalStateException(command(189, "PrimarySteppedDown")));
    }

    @ParameterizedTest
    @MethodSource("whatPasses")
    void mongoThatCannotNowIs503WithATimeToTryAgain(Throwable failure) {
        ProblemException refusal = ProblemMapper.problemOf(failure);

        assertThat(refusal.problem().status()).isEqualTo(503);
        assertThat(refusal.retryAfter()).isPresent();
        assertThat(refusal.problem().detail()).contains("MongoDB").doesNotContain(String.valueOf(failure.getMessage()));
    }

    @Test
    void refusalOfTheServerIsNamedAndAServerThatIsAwayIsNone() {
        ProblemMapper.problemOf(new IllegalStateException(command(13, "Unauthorized")));
        assertThat(ProblemMapper.refusalOfMongo()).contains("13 Unauthorized");
        ProblemMapper.problemOf(new MongoTimeoutException("no server"));
        assertThat(ProblemMapper.refusalOfMongo()).isEmpty();
        ProblemMapper.problemOf(new MongoNotPrimaryException(failure(10_107, "NotWritablePrimary"), SERVER));
        assertThat(ProblemMapper.refusalOfMongo()).isEmpty();
        ProblemMapper.problemOf(new MongoWriteException(new WriteError(14_031, "full", new BsonDocument()), SERVER, Set.of()));
        assertThat(ProblemMapper.refusalOfMongo()).contains("14031");
    }

    @Test
    void refusalOfTheDatabaseIsNamedUntilTheNextFailureIsNone() {
        ProblemMapper.problemOf(new IllegalStateException(new SQLException("inside", "42501")));
        assertThat(ProblemMapper.refusalOfDatabase()).contains("42501 insufficient_privilege");
        ProblemMapper.problemOf(new SQLException("inside", "57P01"));
        assertThat(ProblemMapper.refusalOfDatabase()).isEmpty();
    }

    static Stream<Throwable> whatStays() {
        return Stream.of(command(9, "FailedToParse"), command(2, "BadValue"),
                new DuplicateKeyException(failure(11_000, "DuplicateKey"), SERVER, WriteConcernResult.unacknowledged()),
                new MongoWriteException(new WriteError(11_000, "E11000 duplicate key", new BsonDocument()), SERVER, Set.of()));
    }

    @ParameterizedTest
    @MethodSource("whatStays")
    void commandThatIsWrongIsOurFault(Throwable failure) {
        assertThat(ProblemMapper.problemOf(failure).problem().status()).isEqualTo(500);
    }

    @Test
    void documentThatAValidatorRefusesIsInvalid() {
        String message = "Document failed validation";
        ProblemException refusal = ProblemMapper.problemOf(new MongoWriteException(new WriteError(121, message, new BsonDocument()), SERVER, Set.of()));

        assertThat(refusal.problem().status()).isEqualTo(422);
        assertThat(refusal.problem().detail()).doesNotContain(message);
    }

    private static MongoCommandException command(int code, String name) {
        return new MongoCommandException(failure(code, name), SERVER);
    }

    private static BsonDocument failure(int code, String name) {
        return BsonDocument.parse("{ok: 0, code: " + code + ", codeName: '" + name + "', errmsg: 'inside'}");
    }
}
