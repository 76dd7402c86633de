package io.pado.platform.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Keeps who hangs inside a transaction, a node or somebody at a console, from holding up all others by locks. */
@ApplicationScoped
public class TransactionLimits {

    @PersistenceContext
    private EntityManager database;

    /** Has the database end this transaction, and its connection, if nothing comes from this node for 15 s. */
    @Transactional(TxType.MANDATORY)
    public void endWhenSilent() {
        database.createNativeQuery("SET LOCAL idle_in_transaction_session_timeout = '15s'").executeUpdate();
    }

    /**
     * The same, and a statement that is not given a lock for 5 s fails (SQLSTATE 55P03): for a transaction that others of this node wait for,
     * each with a thread.
     */
    @Transactional(TxType.MANDATORY)
    public void endWhenSilentOrLockedOut() {
        database.createNativeQuery("SELECT set_config('idle_in_transaction_session_timeout', '15s', true), set_config('lock_timeout', '5s', true)")
                .getSingleResult();
    }
}
