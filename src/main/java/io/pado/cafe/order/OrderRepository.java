package io.pado.cafe.order;

import io.pado.cafe.CafePage;
import io.pado.platform.ProblemException;
import io.pado.platform.sql.SqlFailures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
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

    /** Gives the next number of a day, which nobody else gets; others wait until this transaction ends, and take it if it is rolled back. */
    int nextNumber(LocalDate day) {
        return ((Number) database.createNativeQuery("INSERT INTO cafe_day (business_day, last_number) VALUES (CAST(? AS date), 1)"
                + " ON CONFLICT (business_day) DO UPDATE SET last_number = cafe_day.last_number + 1 RETURNING last_number")
                .setParameter(1, day.toString()).getSingleResult()).intValue();
    }

    /** @throws ProblemException 503 if there is one of its name already, by a chance in billions */
    Order add(Order order) {
        try {
            database.persist(order);
            database.flush();
            return order;
        } catch (PersistenceException failure) {
            throw SqlFailures.isDuplicate(failure)
                    ? ProblemException.unavailable("The order could not be stored; send it again, with the same Idempotency-Key.") : failure;
        }
    }

    private TypedQuery<Order> byName(String orderId) {
        return database.createQuery("SELECT o FROM CafeOrder o WHERE o.orderId = :id", Order.class).setParameter("id", orderId);
    }
}
