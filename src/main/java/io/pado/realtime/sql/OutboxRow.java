package io.pado.realtime.sql;

import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** An event that waits for being published. Its number gives the order, its idempotency key recognises a repetition. */
@Entity
@Table(name = "outbox")
public class OutboxRow {

    private static final String OWN = "outbox:";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "once")
    private String idempotencyKey;
    private String topic;
    private String type;
    private String subject;
    private String json;

    /** For JPA. */
    protected OutboxRow() {
    }

    OutboxRow(Publication publication) {
        idempotencyKey = publication.idempotencyKey().isEmpty() ? OWN + UUID.randomUUID() : publication.idempotencyKey();
        topic = publication.topic().name();
        type = publication.type();
        subject = publication.key();
        json = publication.json();
    }

    long id() {
        return id;
    }

    Topic topic() {
        return new Topic(topic);
    }

    /** @return the sender's name for it, or one of its own */
    String idempotencyKey() {
        return idempotencyKey;
    }

    /** @return whether its sender has a name for it, and may send it again */
    boolean hasName() {
        return !idempotencyKey.startsWith(OWN);
    }

    String key() {
        return subject;
    }

    Publication publication() {
        return new Publication(topic(), type, subject, json, idempotencyKey);
    }
}
