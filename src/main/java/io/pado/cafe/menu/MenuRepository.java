package io.pado.cafe.menu;

import io.pado.platform.sql.FairLocks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Menus in the database. */
@ApplicationScoped
class MenuRepository {

    @PersistenceContext
    private EntityManager database;
    @Inject
    private FairLocks locks;

    List<Menu> all() {
        return database.createQuery("SELECT m FROM Menu m ORDER BY m.position, m.id", Menu.class).getResultList();
    }

    Optional<Menu> find(long id) {
        return Optional.ofNullable(database.find(Menu.class, id));
    }

    /** Finds a menu and keeps everybody else from changing and from selling it until the transaction ends. */
    Optional<Menu> lock(long id) {
        locks.alone(lockOf(id));
        return Optional.ofNullable(database.find(Menu.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Finds menus and keeps everybody from changing them until the transaction ends; others may do the same at the same time. */
    List<Menu> hold(Collection<Long> ids) {
        locks.share(ids.stream().map(MenuRepository::lockOf).toList());
        return database.createQuery("SELECT m FROM Menu m WHERE m.id IN :ids", Menu.class).setParameter("ids", ids).getResultList();
    }

    private static String lockOf(long id) {
        return "menu " + id;
    }

    boolean has(String name) {
        return !database.createQuery("SELECT m.id FROM Menu m WHERE m.name = :name", Long.class).setParameter("name", name)
                .setMaxResults(1).getResultList().isEmpty();
    }

    int lastPosition() {
        return database.createQuery("SELECT COALESCE(MAX(m.position), 0) FROM Menu m", Integer.class).getSingleResult();
    }

    Menu add(Menu menu) {
        database.persist(menu);
        database.flush();
        return menu;
    }
}
