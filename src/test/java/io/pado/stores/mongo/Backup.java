package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * All collections as bytes: a head with the place in the log of changes, then of each collection its name, indexes and number of documents, and
 * the documents. The changes themselves are not in it.
 */
final class Backup {

    private Backup() {
    }

    static byte[] of(Data data, ChangeLog log) {
        ByteBuf bytes = Unpooled.buffer();
        BsonEncoder.encodeDocument(new Document("epoch", log.epoch()).append("last", log.last()), bytes);
        data.all().stream().flatMap(database -> database.all().stream()).forEach(collection -> {
            Namespace namespace = collection.namespace();
            BsonEncoder.encodeDocument(new Document("namespace", namespace.toString()).append("indexes", data.indexes(namespace))
                    .append("images", log.hasImages(namespace)).append("documents", collection.count()), bytes);
            collection.queryAll().forEach(document -> BsonEncoder.encodeDocument(document, bytes));
        });
        return ByteBufUtil.getBytes(bytes);
    }

    /** @param goingOn whether the log goes on from where it was, so that tokens of the last change are good */
    static void load(byte[] backup, Data data, ChangeLog log, boolean goingOn) {
        ByteBuf bytes = Unpooled.wrappedBuffer(backup);
        Document head = BsonDecoder.decodeBson(bytes);
        data.telling(change -> { }, () -> {
            while (bytes.isReadable()) {
                loadCollection(bytes, data, log);
            }
        });
        if (goingOn) {
            log.continueAt((Integer) head.get("epoch"), (Long) head.get("last"));
        }
    }

    private static void loadCollection(ByteBuf bytes, Data data, ChangeLog log) {
        Document head = BsonDecoder.decodeBson(bytes);
        Namespace namespace = Namespace.parse((String) head.get("namespace"));
        List<Document> indexes = new ArrayList<>(Bson.documents(head, "indexes"));
        RecordedCollection collection = data.create(namespace, indexes);
        log.images(namespace, Bson.isTrue(head.get("images")));
        for (long left = Bson.number(head, "documents", 0); left > 0; left--) {
            collection.addDocument(BsonDecoder.decodeBson(bytes));
        }
    }
}
