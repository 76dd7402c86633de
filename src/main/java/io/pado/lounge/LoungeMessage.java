package io.pado.lounge;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Something that was said in the public room. */
@Entity
@Table(name = "lounge_message")
public class LoungeMessage {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "sender_id")
    private long senderId;
    @Column(name = "sender_name")
    private String senderName;
    private String content;
    @Column(name = "created_at")
    private Instant createdAt;

    /** For JPA. */
    protected LoungeMessage() {
    }

    LoungeMessage(long senderId, String senderName, String content, Instant createdAt) {
        this.senderId = senderId;
        this.senderName = senderName;
        this.content = content;
        this.createdAt = createdAt;
    }

    LoungeMessageView view() {
        return new LoungeMessageView(id, LoungeMessageView.ROOM, senderId, senderName, content, createdAt);
    }
}
