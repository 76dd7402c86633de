package io.pado.cafe.cell;

import io.pado.cafe.CafePage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cells and their histories in the database. */
@ApplicationScoped
class CellRepository {

    @PersistenceContext
    private EntityManager database;

    List<Cell> all() {
        return database.createQuery("SELECT c FROM Cell c ORDER BY c.name, c.id", Cell.class).getResultList();
    }

    boolean has(String name) {
        return !database.createQuery("SELECT c.id FROM Cell c WHERE c.name = :name", Long.class).setParameter("name", name)
                .getResultList().isEmpty();
    }

    Optional<Cell> find(long id) {
        return Optional.ofNullable(database.find(Cell.class, id));
    }

    /** Finds a cell and keeps everybody else from changing it until the transaction ends. */
    Optional<Cell> lock(long id) {
        return Optional.ofNullable(database.find(Cell.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Finds cells as {@link #lock} does; in one order, so that no two transactions wait for each other. */
    List<Cell> lockAll(long... ids) {
        return database.createQuery("SELECT c FROM Cell c WHERE c.id IN :ids ORDER BY c.id", Cell.class)
                .setParameter("ids", Arrays.stream(ids).boxed().toList()).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
    }

    Cell add(Cell cell) {
        database.persist(cell);
        database.flush();
        return cell;
    }

    void add(CellChange change) {
        database.persist(change);
    }

    List<CellChange> history(long cellId, CafePage page) {
        return database.createQuery("SELECT c FROM CellChange c WHERE c.cellId = :cell AND c.id < :before ORDER BY c.id DESC", CellChange.class)
                .setParameter("cell", cellId).setParameter("before", page.before()).setMaxResults(page.limit()).getResultList();
    }
}
