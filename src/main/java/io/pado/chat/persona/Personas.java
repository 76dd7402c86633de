package io.pado.chat.persona;

import io.pado.platform.PlatformConfig;
import io.pado.platform.StartOrder;
import io.pado.platform.http.Answer;
import io.pado.platform.sql.IdempotentCalls;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** The characters there are. */
@ApplicationScoped
public class Personas {

    private static final int MAX_LISTED = 500;

    @PersistenceContext
    private EntityManager database;
    @Inject
    private IdempotentCalls calls;
    @Inject
    private PlatformConfig config;
    @Inject
    private Clock clock;

    /** The embedded demo's characters, if there are none yet. */
    @Transactional
    void demo(@Observes @Priority(StartOrder.LOAD) Startup startup) {
        if (!config.demo()) {
            return;
        }
        database.createNativeQuery("LOCK TABLE persona IN EXCLUSIVE MODE").executeUpdate();
        if (database.createQuery("SELECT COUNT(p) FROM Persona p", Long.class).getSingleResult() == 0) {
            Instant now = now();
            database.persist(new Persona("파도 / Pado", "You are a calm and kind friend who loves the sea. You answer in the language of the question,"
                    + " in two or three sentences.", "🌊", null, now));
            database.flush();
            database.persist(new Persona("미나 / Mina", "You are a cheerful barista who knows everything about coffee. You answer in the language of the"
                    + " question, in two or three sentences.", "☕", null, now));
        }
    }

    @Transactional
    List<PersonaView> list() {
        return database.createQuery("SELECT p FROM Persona p ORDER BY p.id", Persona.class).setMaxResults(MAX_LISTED).getResultList().stream()
                .map(Persona::view).toList();
    }

    /** @param key the same key again is the same character. @return 201 with it */
    @Transactional
    Answer create(long caller, String key, PersonaRequest request) {
        return calls.once("user:" + caller, key, "POST /api/personas\n" + request, () -> {
            Persona persona = new Persona(request.name(), request.prompt(), request.avatar(), caller, now());
            database.persist(persona);
            database.flush();
            return Answer.created("/api/personas", persona.view());
        });
    }

    /** @return those of them that exist, by number */
    @Transactional
    public List<Persona> find(Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : database.createQuery("SELECT p FROM Persona p WHERE p.id IN :ids ORDER BY p.id", Persona.class)
                .setParameter("ids", ids).getResultList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
