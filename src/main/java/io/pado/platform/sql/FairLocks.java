package io.pado.platform.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;

/**
 * Locks on names, over all nodes, that many transactions share or one has alone, each until it ends. They are given in the order in which
 * they were asked for: who wants one alone waits for those before him, and those after him wait.
 *
 * <p>Row locks are not like that: PostgreSQL lets those who share a row ({@code FOR SHARE}, foreign keys) pass a writer that waits for it,
 * and under steady load the writer waits for ever (measured with 8 sharers of 3 ms each, decision 010).
 */
@ApplicationScoped
public class FairLocks {

    @PersistenceContext
    private EntityManager database;

    /** Shares the locks of these names; takes them in one order, whatever order the names have. */
    @Transactional(TxType.MANDATORY)
    public void share(Collection<String> names) {
        take("pg_advisory_xact_lock_shared", names);
    }

    /** Takes the lock of this name alone. */
    @Transactional(TxType.MANDATORY)
    public void alone(String name) {
        take("pg_advisory_xact_lock", List.of(name));
    }

    private void take(String lock, Collection<String> names) {
        database.createNativeQuery("SELECT CAST(" + lock + "(key) AS text) FROM (SELECT DISTINCT hashtextextended(name, 0) AS key"
                + " FROM unnest(string_to_array(?, chr(10))) AS name ORDER BY key) AS keys")
                .setParameter(1, String.join("\n", names)).getResultList();
    }
}
