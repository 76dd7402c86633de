package io.pado.cafe.cell;

import io.pado.cafe.CafeTopic;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells staff of changed balances. The cell's lock keeps the events of one cell in order. */
@ApplicationScoped
public class CellRelay {

    @Inject
    private TransactionalOutbox outbox;

    void changed(@Observes BalanceChanged change) {
        outbox.add(CafeTopic.CELL_BALANCE_CHANGED.publication(Long.toString(change.cellId()), change));
    }
}
