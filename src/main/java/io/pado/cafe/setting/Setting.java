package io.pado.cafe.setting;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** The value of one {@link SettingKey}. Its row was made with the table, so that it can be locked before it was ever changed. */
@Entity
@Table(name = "setting")
public class Setting {

    @Id
    private String key;
    private String value;
    @Column(name = "updated_by")
    private Long updatedBy;
    @Column(name = "updated_by_name")
    private String updatedByName;
    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For JPA. */
    protected Setting() {
    }

    String key() {
        return key;
    }

    String value() {
        return value;
    }

    /** Who changed it last; empty while it is as it came. */
    Optional<Editor> updatedBy() {
        return Optional.ofNullable(updatedBy).map(id -> new Editor(id, updatedByName));
    }

    /** When it was changed last; empty while it is as it came. */
    Optional<Instant> updatedAt() {
        return Optional.ofNullable(updatedAt);
    }

    void change(String newValue, Editor editor, Instant now) {
        value = newValue;
        updatedBy = editor.id();
        updatedByName = editor.name();
        updatedAt = now;
    }
}
