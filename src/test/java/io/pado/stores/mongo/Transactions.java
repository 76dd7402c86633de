package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The transactions that are open, one for each session, and which one each session committed last. */
final class Transactions {

    private final Data live;
    private final BiConsumer<List<Change>, Document> committed;
    private final Map<Object, Transaction> open = new HashMap<>();
    private final Map<Object, Long> lastCommitted = new HashMap<>();

    /** @param committed hears of what was changed, and the mark of the transaction that did */
    Transactions(Data live, BiConsumer<List<Change>, Document> committed) {
        this.live = live;
        this.committed = committed;
    }

    /** Whether a command is a statement of one. */
    static boolean isStatement(Document command) {
        return Boolean.FALSE.equals(command.get("autocommit"));
    }

    /** Does a statement; the first one opens the transaction, and one that fails ends it. */
    Document run(Channel channel, String database, String name, Document command) {
        if (Bson.isTrue(command.get("startTransaction"))) {
            open.put(Sessions.of(command), new Transaction(Bson.number(command, "txnNumber", 0), (Document) command.get("lsid"), live));
        }
        Transaction transaction = of(command);
        boolean failed = true;
        try {
            Document answer = transaction.run(channel, database, name, command);
            failed = answer.containsKey("writeErrors");
            return answer;
        } finally {
            if (failed) {
                open.remove(Sessions.of(command));
            }
        }
    }

    /** Answers {@code commitTransaction}; it may come twice. */
    Document commit(Document command) {
        Object session = Sessions.of(command);
        if (!Long.valueOf(Bson.number(command, "txnNumber", 0)).equals(lastCommitted.get(session))) {
            Transaction transaction = of(command);
            open.remove(session);
            committed.accept(transaction.commit(), transaction.mark());
            lastCommitted.put(session, transaction.number());
        }
        return new Document("ok", 1.0);
    }

    /** Answers {@code abortTransaction}. */
    Document abort(Document command) {
        of(command);
        open.remove(Sessions.of(command));
        return new Document("ok", 1.0);
    }

    /** Sessions have ended, and their transactions with them. */
    void end(List<Document> sessions) {
        sessions.forEach(session -> {
            open.remove(session.get("id"));
            lastCommitted.remove(session.get("id"));
        });
    }

    /** All clients are gone, and what they had not committed. */
    void clear() {
        open.clear();
    }

    private Transaction of(Document command) {
        long number = Bson.number(command, "txnNumber", 0);
        Transaction found = open.get(Sessions.of(command));
        if (found == null || found.number() != number) {
            throw CommandFailure.noTransaction(number);
        }
        return found;
    }
}
