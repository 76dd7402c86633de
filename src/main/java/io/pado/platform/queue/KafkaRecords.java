package io.pado.platform.queue;

import io.pado.platform.queue.ledger.Notice;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the connector {@code liberty-kafka} takes as a message that has a key. */
final class KafkaRecords {

    private KafkaRecords() {
    }

    /** By its key a group goes to one partition; what has none is spread by its own id, for without a key all would go to one. */
    static Object of(String topic, Notice notice) {
        return new ProducerRecord<>(topic, notice.group().isEmpty() ? notice.id() : notice.group(), notice.id());
    }
}
