package io.pado.cafe.order;

import io.pado.cafe.CafePage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Orders in the database. */
@ApplicationScoped
class OrderRepository {

    @PersistenceContext
    private EntityManager database;

    Optional<Order> find(String orderId) {
        return byName(orderId).getResultStream().findFirst();
    }

    /** Finds an order and keeps everybody else from changing it until the transaction ends. */
    Optional<Order> lock(String orderId) {
        return byName(orderId).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    /** @param status empty for any */
    List<Order> list(LocalDate day, Optional<OrderStatus> status, CafePage page) {
        TypedQuery<Order> query = database.createQuery("SELECT o FROM CafeOrder o WHERE o.businessDay = :day AND o.dailyNum < :before"
                + (status.isPresent() ? " AND o.status = :status" : "") + " ORDER BY o.dailyNum DESC", Order.class)
                .setParameter("day", day).setParameter("before", (int) Math.min(page.before(), Integer.MAX_VALUE));
        status.ifPresent(wanted -> query.setParameter("status", wanted));
        // The items of all orders come with one query and not with one each.
        return query.setHint("eclipselink.batch.type", "IN").setHint("eclipselink.batch", "o.items").setMaxResults(page.limit())
                .getResultList();
    }

    /**
     * Gives the next numbers of a day, which nobody else gets; others wait until this transaction ends, and take them if it is rolled back.
     *
     * @return the first of them
     */
    int nextNumbers(LocalDate day, int count) {
        return 1 - count + ((Number) database.createNativeQuery("INSERT INTO cafe_day AS day (business_day, last_number)"
                + " VALUES (CAST(? AS date), CAST(? AS integer))"
                + " ON CONFLICT (business_day) DO UPDATE SET last_number = day.last_number + EXCLUDED.last_number RETURNING last_number")
                .setParameter(1, day.toString()).setParameter(2, count).getSingleResult()).intValue();
    }

    void add(List<Order> orders) {
        orders.forEach(database::persist);
        database.flush();
    }

    private TypedQuery<Order> byName(String orderId) {
        return database.createQuery("SELECT o FROM CafeOrder o WHERE o.orderId = :id", Order.class).setParameter("id", orderId);
    }
}
