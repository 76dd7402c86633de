package io.pado.platform.mongo;

import com.mongodb.MongoException;
import java.util.Set;

/** What failures of MongoDB mean for who waits for an answer. */
public final class MongoFailures {

    /** BadValue, FailedToParse, TypeMismatch, ImmutableField, DuplicateKey: the command was wrong, and will be next time. */
    private static final Set<Integer> WRONG_COMMANDS = Set.of(2, 9, 14, 66, 11_000);

    private MongoFailures() {
    }

    /** @return whether this is MongoDB being away, busy or unwilling, so that the same may succeed later */
    public static boolean mayPass(Throwable failure) {
        return failure instanceof MongoException mongo && !WRONG_COMMANDS.contains(mongo.getCode());
    }
}
