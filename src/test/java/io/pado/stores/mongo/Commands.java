package io.pado.stores.mongo;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Takes each command to where it is done: those of change streams, transactions and replica sets here, all others to {@link Data}. */
final class Commands {

    private final String address;
    private final ChangeLog log;
    private final Data data;
    private final ChangeStreams streams;
    private final Transactions transactions;
    private final Sessions sessions = new Sessions();

    /** @param address host and port under which clients reach the server */
    Commands(String address, ChangeLog log) {
        this.address = address;
        this.log = log;
        data = new Data(change -> log.append(List.of(change), new Document()));
        streams = new ChangeStreams(log, new ChangeEvents(log, data::find), this::pipeline);
        transactions = new Transactions(data, log::append);
    }

    Data data() {
        return data;
    }

    ChangeStreams streams() {
        return streams;
    }

    /** All connections were ended: cursors and transactions end with them, but a write that was not answered may still be repeated. */
    void forgetClients() {
        streams.clear();
        transactions.clear();
    }

    /** @param client gets the answer, perhaps later */
    void run(Channel channel, Document command, Consumer<Document> client) {
        String name = command.keySet().iterator().next();
        String database = (String) command.getOrDefault("$db", "admin");
        try {
            if ("getMore".equals(name) && streams.has(Bson.number(command, name, 0))) {
                streams.more(Bson.number(command, name, 0), command, channel, channel.eventLoop(), answer -> client.accept(withTime(answer)));
                return;
            }
            long before = log.last();
            client.accept(withTime(answer(channel, database, name, command)));
            if (log.last() > before) {
                streams.wake();
            }
        } catch (RuntimeException failure) {
            client.accept(withTime(CommandFailure.answer(failure)));
        }
    }

    private Document withTime(Document answer) {
        return answer.append("operationTime", log.now()).append("$clusterTime", new Document("clusterTime", log.now()));
    }

    private Document answer(Channel channel, String database, String name, Document command) {
        return switch (name) {
            case "hello", "isMaster", "ismaster" -> hello();
            case "ping", "refreshSessions" -> ok();
            case "replSetGetStatus" -> status();
            case "replSetInitiate" -> throw CommandFailure.invalid(23, "AlreadyInitialized", "already initialized");
            case "serverStatus" -> serverStatus();
            case "endSessions", "killSessions" -> {
                transactions.end(Bson.documents(command, name));
                yield ok();
            }
            case "commitTransaction" -> transactions.commit(command);
            case "abortTransaction" -> transactions.abort(command);
            default -> inTransactionOrNot(channel, database, name, command);
        };
    }

    private Document inTransactionOrNot(Channel channel, String database, String name, Document command) {
        Unsupported.refuse(command);
        return Transactions.isStatement(command) ? transactions.run(channel, database, name, command)
                : sessions.once(name, command, () -> outside(channel, database, name, command));
    }

    private Document outside(Channel channel, String database, String name, Document command) {
        return switch (name) {
            case "aggregate" -> StreamOptions.isStream(command) ? streams.open(StreamOptions.of(database, command), command)
                    : data.handleCommand(channel, database, name, command);
            case "killCursors" -> killCursors(channel, database, command);
            case "create", "collMod" -> createOrModify(channel, database, name, command);
            case "listCollections" -> withImages(database, data.handleCommand(channel, database, name, command));
            case "renameCollection" -> rename(channel, command);
            case "dropDatabase" -> {
                data.drop(database);
                yield ok().append("dropped", database);
            }
            default -> Writes.run(name, command, write -> data.handleCommand(channel, database, name, write));
        };
    }

    private static Document ok() {
        return new Document("ok", 1.0);
    }

    private Document hello() {
        return data.command("admin", "ismaster", new Document("ismaster", 1)).append("helloOk", true).append("isWritablePrimary", true)
                .append("secondary", false).append("setName", "rs0").append("setVersion", 1).append("hosts", List.of(address))
                .append("primary", address).append("me", address).append("logicalSessionTimeoutMinutes", 30).append("maxWriteBatchSize", 100_000);
    }

    private Document status() {
        return ok().append("set", "rs0").append("myState", 1).append("members", List.of(new Document("_id", 0).append("name", address)
                .append("health", 1.0).append("state", 1).append("stateStr", "PRIMARY")));
    }

    private Document serverStatus() {
        Document status = data.getServerStatus();
        Document open = (Document) ((Document) ((Document) status.get("metrics")).get("cursor")).get("open");
        open.put("total", Bson.number(open, "total", 0) + streams.open());
        open.put("pinned", (long) streams.pinned());
        return status.append("process", "mongod").append("repl", new Document("setName", "rs0").append("primary", address).append("me", address));
    }

    private Document killCursors(Channel channel, String database, Document command) {
        List<Object> ordinary = new ArrayList<>();
        List<Object> killed = new ArrayList<>();
        List<Object> unknown = new ArrayList<>();
        for (Object id : (List<?>) command.get("cursors")) {
            long number = ((Number) id).longValue();
            (!streams.has(number) ? ordinary : streams.kill(number) ? killed : unknown).add(id);
        }
        if (!ordinary.isEmpty()) {
            return data.handleCommand(channel, database, "killCursors", command.clone().append("cursors", ordinary));
        }
        return ok().append("cursorsKilled", killed).append("cursorsNotFound", unknown).append("cursorsAlive", List.of())
                .append("cursorsUnknown", List.of());
    }

    private Document createOrModify(Channel channel, String database, String name, Document command) {
        Namespace namespace = new Namespace(database, (String) command.get(name));
        if ("create".equals(name)) {
            data.handleCommand(channel, database, name, command);
        } else if (data.collection(namespace) == null) {
            throw CommandFailure.invalid(26, "NamespaceNotFound", "ns does not exist: " + namespace);
        }
        if (command.get("changeStreamPreAndPostImages") instanceof Document images) {
            log.images(namespace, Bson.isTrue(images.get("enabled")));
        }
        return ok();
    }

    private Document withImages(String database, Document answer) {
        Bson.documents((Document) answer.get("cursor"), "firstBatch").stream()
                .filter(collection -> log.hasImages(new Namespace(database, (String) collection.get("name"))))
                .forEach(collection -> collection.put("options", new Document("changeStreamPreAndPostImages", new Document("enabled", true))));
        return answer;
    }

    /** A collection that is replaced by this is not told as dropped. */
    private Document rename(Channel channel, Document command) {
        data.telling(change -> { }, () -> data.handleCommand(channel, "admin", "renameCollection", command));
        log.append(List.of(Change.renamed(Namespace.parse((String) command.get("renameCollection")), Namespace.parse((String) command.get("to")))),
                new Document());
        return ok();
    }

    private UnaryOperator<List<Document>> pipeline(StreamOptions options) {
        if (options.stages().isEmpty()) {
            return UnaryOperator.identity();
        }
        Aggregation stages = Aggregation.fromPipeline(options.stages(), data::resolveDatabase, data.database(options.database()), null,
                NoopOplog.get());
        return events -> stages.runStages(events.stream());
    }
}
