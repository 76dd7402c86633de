package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** Refuses what the embedded server would otherwise do in another way than a real one, without a word. */
final class Unsupported {

    private Unsupported() {
    }

    /** @throws CommandFailure if the command asks for such a thing */
    static void refuse(Document command) {
        if (command.get("collation") instanceof Document) {
            throw missing("collations");
        }
        if (command.containsKey("validator")) {
            throw missing("validators");
        }
        if (command.get("update") instanceof List<?>) {
            throw missing("updates by a pipeline");
        }
        for (Document update : Bson.documents(command, "updates")) {
            if (update.get("u") instanceof List<?>) {
                throw missing("updates by a pipeline");
            }
            refuse(update);
        }
        for (Document index : Bson.documents(command, "indexes")) {
            if (index.containsKey("partialFilterExpression")) {
                throw missing("indexes of a part of the documents");
            }
            refuse(index);
        }
    }

    private static CommandFailure missing(String what) {
        return CommandFailure.invalid(238, "NotImplemented", "The embedded server has no " + what + "; name a real one with -Dpado.mongo.url=.");
    }
}
