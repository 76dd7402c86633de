package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Small things about documents. */
final class Bson {

    private Bson() {
    }

    /** @return bytes of a document as it is sent; 0 without one */
    static int size(Document document) {
        if (document == null) {
            return 0;
        }
        ByteBuf bytes = Unpooled.buffer();
        BsonEncoder.encodeDocument(document, bytes);
        return bytes.readableBytes();
    }

    /** @return a number of a command, or what counts if it has none */
    static long number(Document command, String field, long otherwise) {
        return command.get(field) instanceof Number number ? number.longValue() : otherwise;
    }

    /** @return the documents of a field; none without it */
    static List<Document> documents(Document command, String field) {
        return command.get(field) instanceof List<?> list
                ? list.stream().filter(Document.class::isInstance).map(Document.class::cast).toList() : List.of();
    }

    static boolean isTrue(Object value) {
        return value instanceof Number number ? number.doubleValue() != 0 : Boolean.TRUE.equals(value);
    }
}
