package io.pado.platform.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerException;
import java.util.Optional;
import java.util.Set;

/** What failures of MongoDB mean for who waits for an answer. */
public final class MongoFailures {

    /** BadValue, FailedToParse, TypeMismatch, PathNotViable, ConflictingUpdateOperators, ImmutableField, DuplicateKey: wrong now and next time. */
    private static final Set<Integer> WRONG_COMMANDS = Set.of(2, 9, 14, 28, 40, 66, 11_000);
    /** DocumentValidationFailure. */
    private static final int INVALID_DOCUMENT = 121;

    private MongoFailures() {
    }

    /** @return whether this is MongoDB being away, busy or unwilling, so that the same may succeed later */
    public static boolean mayPass(Throwable failure) {
        return failure instanceof MongoException mongo && !WRONG_COMMANDS.contains(mongo.getCode()) && !isRefusedDocument(failure);
    }

    /** @return code and name of what a server has answered, if it was a refusal of the command or of a write; not if another server is to be asked */
    public static Optional<String> refusal(Throwable failure) {
        if (failure instanceof MongoNotPrimaryException || failure instanceof MongoNodeIsRecoveringException) {
            return Optional.empty();
        }
        if (failure instanceof MongoCommandException refused) {
            return Optional.of((refused.getErrorCode() + " " + refused.getErrorCodeName()).strip());
        }
        return failure instanceof MongoServerException refused ? Optional.of(Integer.toString(refused.getCode())) : Optional.empty();
    }

    /** @return whether a rule that the database's owner gave the collection does not allow the document */
    public static boolean isRefusedDocument(Throwable failure) {
        return failure instanceof MongoException mongo && mongo.getCode() == INVALID_DOCUMENT;
    }
}
