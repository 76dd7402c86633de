package io.pado.cafe.cell;

import io.pado.cafe.CafePage;
import io.pado.identity.Caller;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.SqlFailures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done with cells; each is one transaction. Whatever changes a balance writes a line of history and is told. */
@ApplicationScoped
public class Cells {

    @Inject
    private CellRepository repository;
    @Inject
    private Clock clock;
    @Inject
    private Event<BalanceChanged> changes;

    /** @return all of them, by name */
    @Transactional
    public List<CellView> list() {
        return repository.all().stream().map(CellView::of).toList();
    }

    /** @throws ProblemException 404 if there is no such cell */
    @Transactional
    CellView get(long id) {
        return CellView.of(existing(repository.find(id), id));
    }

    /** @return all of them, by name, without what they have */
    @Transactional
    public List<CellName> names() {
        return repository.all().stream().map(cell -> new CellName(cell.id(), cell.name())).toList();
    }

    /** Adds a cell without points. @throws ProblemException 409 if there is one of this name */
    @Transactional
    public CellView add(String name) {
        if (repository.has(name)) {
            throw taken(name);
        }
        try {
            return CellView.of(repository.add(new Cell(name)));
        } catch (PersistenceException failure) {
            throw SqlFailures.isTaken(failure) ? taken(name) : failure;
        }
    }

    /** Adds a cell with points unless there is one of this name. */
    @Transactional
    public void addFirst(String name, long amount) {
        if (!repository.has(name)) {
            charge(Caller.ANONYMOUS, add(name).id(), amount);
        }
    }

    /**
     * Adds points.
     *
     * @param amount whole won, positive
     * @throws ProblemException 404 if there is no such cell, 409 if it would have too many
     */
    @Transactional
    public CellView charge(Caller caller, long id, long amount) {
        return change(id, amount, new Cause(ChangeType.CHARGE, "", "", caller));
    }

    /**
     * Sets the points right.
     *
     * @param amount whole won, negative to take away
     * @throws ProblemException 404 if there is no such cell, 409 if it would have too many, or less than none
     */
    @Transactional
    CellView adjust(Caller caller, long id, long amount, String reason) {
        return change(id, amount, new Cause(ChangeType.ADJUST, "", reason, caller));
    }

    /** Finds cells that are to pay, and keeps everybody else from changing them until the caller's transaction ends. @return them by id */
    @Transactional
    public Map<Long, Cell> hold(long... ids) {
        return ids.length == 0 ? Map.of() : repository.lockAll(ids).stream().collect(Collectors.toMap(Cell::id, Function.identity()));
    }

    /**
     * Pays an order, in its transaction.
     *
     * @param held   what {@link #hold} has found
     * @param amount whole won, 0 or more
     * @throws ProblemException 404 if there is no such cell, 409 if it has not enough; nothing is changed then, and the transaction can go on: other orders
     *                          may share it
     */
    @Transactional(value = TxType.MANDATORY, dontRollbackOn = ProblemException.class)
    public CellView use(Caller caller, Map<Long, Cell> held, long id, long amount, String orderId) {
        return change(existing(Optional.ofNullable(held.get(id)), id), -amount, new Cause(ChangeType.USE, orderId, "", caller));
    }

    /** Gives back what an order took, in the transaction of its cancellation. */
    @Transactional
    public CellView refund(Caller caller, long id, long amount, String orderId) {
        return change(id, amount, new Cause(ChangeType.REFUND, orderId, "", caller));
    }

    /** @throws ProblemException 404 if there is no such cell */
    @Transactional
    public List<CellChangeView> history(long id, CafePage page) {
        existing(repository.find(id), id);
        return repository.history(id, page).stream().map(CellChange::view).toList();
    }

    private CellView change(long id, long amount, Cause cause) {
        return change(existing(repository.lock(id), id), amount, cause);
    }

    /** An order that costs nothing changes nothing. */
    private CellView change(Cell cell, long amount, Cause cause) {
        if (amount != 0) {
            long before = cell.balance();
            cell.change(amount, cause.type());
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            repository.add(new CellChange(cell, amount, cause, now));
            changes.fire(new BalanceChanged(cell.id(), cell.name(), before, cell.balance(), amount, cause.type().name(), now));
        }
        return CellView.of(cell);
    }

    private static Cell existing(Optional<Cell> cell, long id) {
        return cell.orElseThrow(() -> ProblemException.notFound("no-such-cell", "There is no cell " + id + "; GET /api/cells lists them."));
    }

    private static ProblemException taken(String name) {
        return ProblemException.conflict("name-taken", "There is a cell of the name " + name + "; take another one.");
    }
}
