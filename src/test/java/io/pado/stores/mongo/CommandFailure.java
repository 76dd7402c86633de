package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import java.util.List;

/** A command that a real server would refuse, with its code and labels. */
final class CommandFailure extends MongoServerError {

    private static final long serialVersionUID = 1L;
    private static final int INTERNAL = 1;

    private final List<String> labels;

    private CommandFailure(int code, String name, String message, String... labels) {
        super(code, name, message);
        this.labels = List.of(labels);
    }

    /** A stream of changes that cannot go on and never will. */
    private static CommandFailure ofStream(int code, String name, String message) {
        return new CommandFailure(code, name, message, "NonResumableChangeStreamError");
    }

    static CommandFailure historyLost() {
        return ofStream(286, "ChangeStreamHistoryLost",
                "Resume of change stream was not possible, as the resume point may no longer be in the oplog.");
    }

    static CommandFailure tokenNotFound() {
        return ofStream(280, "ChangeStreamFatalError", "cannot resume stream; the resume token was not found.");
    }

    static CommandFailure tokenModified() {
        return ofStream(280, "ChangeStreamFatalError", "Encountered an event whose _id field, which contains the resume token, was modified by the "
                + "pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point.");
    }

    static CommandFailure eventTooLarge(int bytes) {
        return ofStream(10334, "BSONObjectTooLarge", "BSONObj size: " + bytes + " is invalid. Size must be between 0 and 16793600(16MB)");
    }

    static CommandFailure noImage() {
        return ofStream(47, "NoMatchingDocument", "Change stream was configured to require a pre- or post-image, but it was not found");
    }

    static CommandFailure badToken(String reason) {
        return new CommandFailure(260, "InvalidResumeToken", reason);
    }

    static CommandFailure cursorNotFound(long id) {
        return new CommandFailure(43, "CursorNotFound", "cursor id " + id + " not found");
    }

    static CommandFailure cursorKilled() {
        return new CommandFailure(237, "CursorKilled", "operation was interrupted because the cursor was killed");
    }

    static CommandFailure noTransaction(long number) {
        return new CommandFailure(251, "NoSuchTransaction", "Given transaction number " + number
                + " does not match any in-progress transactions.", "TransientTransactionError");
    }

    static CommandFailure writeConflict() {
        return new CommandFailure(112, "WriteConflict", "Caused by :: Write conflict during plan execution and yielding is disabled. :: "
                + "Please retry your operation or multi-document transaction.", "TransientTransactionError");
    }

    static CommandFailure invalid(int code, String name, String message) {
        return new CommandFailure(code, name, message);
    }

    /** @return what a client gets for whatever went wrong */
    static Document answer(RuntimeException failure) {
        Document answer = new Document("ok", 0.0);
        if (failure instanceof MongoServerError error) {
            answer.append("errmsg", error.getMessageWithoutErrorCode()).append("code", error.getCode()).append("codeName", error.getCodeName());
        } else if (failure instanceof MongoServerException known) {
            answer.append("errmsg", known.getMessageWithoutErrorCode()).append("code", INTERNAL).append("codeName", "InternalError");
        } else {
            answer.append("errmsg", "The embedded server cannot do this: " + failure).append("code", INTERNAL).append("codeName", "InternalError");
        }
        if (failure instanceof CommandFailure labelled && !labelled.labels.isEmpty()) {
            answer.append("errorLabels", labelled.labels);
        }
        return answer;
    }
}
