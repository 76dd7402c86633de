package io.pado.chat.persona;

import io.pado.identity.Caller;
import io.pado.identity.Roles;
import io.pado.platform.PlatformConfig;
import io.pado.platform.StartOrder;
import io.pado.platform.http.Answer;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.FairLocks;
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

    /** That one user may make; admins may make any number. */
    static final int MAX_OF_USER = 100;
    private static final int MAX_LISTED = 500;
    private static final int OF_DEMO = 2;

    @PersistenceContext
    private EntityManager database;
    @Inject
    private IdempotentCalls calls;
    @Inject
    private FairLocks locks;
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

    /** @return the embedded demo's characters, those that are still there */
    @Transactional
    public List<Long> ofDemo() {
        return database.createQuery("SELECT p.id FROM Persona p WHERE p.createdBy IS NULL ORDER BY p.id", Long.class).setMaxResults(OF_DEMO).getResultList();
    }

    /** @param before only characters with a smaller id, newest first */
    @Transactional
    List<PersonaView> list(long before) {
        return database.createQuery("SELECT p FROM Persona p WHERE p.id < :before ORDER BY p.id DESC", Persona.class).setParameter("before", before)
                .setMaxResults(MAX_LISTED).getResultList().stream().map(Persona::view).toList();
    }

    /**
     * @param key the same key again is the same character
     * @return 201 with it
     * @throws ProblemException 409 if the caller has made as many as one may
     */
    @Transactional
    Answer create(Caller caller, String key, PersonaRequest request) {
        long user = caller.userId().orElseThrow();
        return calls.once("user:" + user, key, "POST /api/personas\n" + request, () -> {
            if (!caller.is(Roles.ADMIN)) {
                requireFew(user);
            }
            Persona persona = new Persona(request.name(), request.prompt(), request.avatar(), user, now());
            database.persist(persona);
            database.flush();
            return Answer.created("/api/personas", persona.view());
        });
    }

    /** Of two at a time the second sees what the first has made. */
    private void requireFew(long user) {
        locks.alone("personas of user " + user);
        long made = database.createQuery("SELECT COUNT(p) FROM Persona p WHERE p.createdBy = :user", Long.class).setParameter("user", user)
                .getSingleResult();
        if (made >= MAX_OF_USER) {
            throw ProblemException.conflict("too-many-personas",
                    "You have made " + MAX_OF_USER + " characters, as many as one user may; use those, or ask an admin.");
        }
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
