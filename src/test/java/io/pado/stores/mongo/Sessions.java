package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What is known of clients' sessions: the last write of each that may be repeated, with its answer. A repetition gets the same answer. */
final class Sessions {

    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");
    private static final int MOST = 10_000;

    private final Map<Object, Answered> answered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Answered> eldest) {
            return size() > MOST;
        }
    };

    private record Answered(long number, Document answer) {
    }

    /** @return the key of a command's session, or {@code null} */
    static Object of(Document command) {
        return command.get("lsid") instanceof Document session ? session.get("id") : null;
    }

    /** Does a command once, however often it comes. */
    Document once(String name, Document command, Supplier<Document> doing) {
        Object session = of(command);
        if (session == null || !(command.get("txnNumber") instanceof Number number) || !WRITES.contains(name)) {
            return doing.get();
        }
        Answered known = answered.get(session);
        if (known != null && known.number() == number.longValue()) {
            return known.answer().cloneDeeply();
        }
        Document answer = doing.get();
        answered.put(session, new Answered(number.longValue(), answer.cloneDeeply()));
        return answer;
    }
}
