package io.pado.chat.persona;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A character. Its instruction is for the language model only and is in no answer. */
@Entity
@Table(name = "persona")
public class Persona {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    private String name;
    private String instruction;
    private String avatar;
    @Column(name = "created_by")
    private Long createdBy;
    @Column(name = "created_at")
    private Instant createdAt;

    /** For JPA. */
    protected Persona() {
    }

    /** @param createdBy a user; null for one that comes with the demo */
    Persona(String name, String instruction, String avatar, Long createdBy, Instant createdAt) {
        this.name = name;
        this.instruction = instruction;
        this.avatar = avatar;
        this.createdBy = createdBy;
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** @return who it is to be, for the language model */
    public String instruction() {
        return instruction;
    }

    PersonaView view() {
        return new PersonaView(id, name, avatar, createdBy, createdAt);
    }
}
