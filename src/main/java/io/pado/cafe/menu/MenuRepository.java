package io.pado.cafe.menu;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Menus in the database. */
@ApplicationScoped
class MenuRepository {

    @PersistenceContext
    private EntityManager database;

    List<Menu> all() {
        return database.createQuery("SELECT m FROM Menu m ORDER BY m.position, m.id", Menu.class).getResultList();
    }

    Optional<Menu> find(long id) {
        return Optional.ofNullable(database.find(Menu.class, id));
    }

    /** Finds a menu and keeps everybody else from changing and from selling it until the transaction ends. */
    Optional<Menu> lock(long id) {
        return Optional.ofNullable(database.find(Menu.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Finds menus and keeps everybody from changing them until the transaction ends; others may do the same at the same time. */
    @SuppressWarnings("unchecked") // a native query has no type
    List<Menu> hold(Collection<Long> ids) {
        // The persistence provider knows no shared lock: it would make all orders of one menu wait for each other.
        String list = ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        return database.createNativeQuery("SELECT * FROM menu WHERE id = ANY (CAST(? AS bigint[])) ORDER BY id FOR SHARE", Menu.class)
                .setParameter(1, list).getResultList();
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
