package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Commands with several writes, answered as a real server does: the library goes on after a failure, and counts what it did not do. */
final class Writes {

    private Writes() {
    }

    /** @param library does a command and answers it */
    static Document run(String name, Document command, UnaryOperator<Document> library) {
        return switch (name) {
            case "insert" -> counted(command, library.apply(command));
            case "update" -> oneByOne(command, library);
            default -> library.apply(command);
        };
    }

    private static Document counted(Document command, Document answer) {
        List<Document> errors = Bson.documents(answer, "writeErrors");
        if (!errors.isEmpty()) {
            long all = Bson.documents(command, "documents").size();
            boolean ordered = Bson.isTrue(command.getOrDefault("ordered", true));
            answer.put("n", (int) (ordered ? Bson.number(errors.get(0), "index", 0) : all - errors.size()));
        }
        return answer;
    }

    private static Document oneByOne(Document command, UnaryOperator<Document> library) {
        long matched = 0;
        long modified = 0;
        List<Document> upserted = new ArrayList<>();
        List<Document> errors = new ArrayList<>();
        List<Document> updates = Bson.documents(command, "updates");
        boolean ordered = Bson.isTrue(command.getOrDefault("ordered", true));
        for (int i = 0; i < updates.size() && (errors.isEmpty() || !ordered); i++) {
            Document answer = library.apply(command.clone().append("updates", new ArrayList<>(List.of(updates.get(i)))));
            matched += Bson.number(answer, "n", 0);
            modified += Bson.number(answer, "nModified", 0);
            addAt(i, Bson.documents(answer, "upserted"), upserted);
            addAt(i, Bson.documents(answer, "writeErrors"), errors);
        }
        Document answer = new Document("n", (int) matched).append("nModified", (int) modified).append("ok", 1.0);
        if (!upserted.isEmpty()) {
            answer.append("upserted", upserted);
        }
        return errors.isEmpty() ? answer : answer.append("writeErrors", errors);
    }

    private static void addAt(int index, List<Document> found, List<Document> all) {
        found.forEach(each -> all.add(each.clone().append("index", index)));
    }
}
