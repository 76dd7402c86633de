package io.pado.platform.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Keeps a node that hangs inside a transaction from holding up all others by its locks. */
@ApplicationScoped
public class TransactionLimits {

    @PersistenceContext
    private EntityManager database;

    /** Has the database end this transaction, and its connection, if nothing comes from this node for 15 s. */
    @Transactional(TxType.MANDATORY)
    public void endWhenSilent() {
        database.createNativeQuery("SET LOCAL idle_in_transaction_session_timeout = '15s'").executeUpdate();
    }
}
