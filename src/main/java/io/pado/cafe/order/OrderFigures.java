package io.pado.cafe.order;

import io.pado.cafe.CafeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Figures of a business day, counted by the database. */
@ApplicationScoped
public class OrderFigures {

    private static final int HOURS = 24;

    @PersistenceContext
    private EntityManager database;
    @Inject
    private CafeConfig config;

    /** @return what stands now; orders that are placed meanwhile may be in one of its parts and not yet in another */
    @Transactional
    FiguresView of(LocalDate day) {
        List<FiguresView.Hour> hours = perHour(day);
        return new FiguresView(day, hours.stream().mapToLong(FiguresView.Hour::orders).sum(),
                hours.stream().mapToLong(FiguresView.Hour::revenue).sum(), byStatus(day), hours, perMenu(day));
    }

    private Map<String, Long> byStatus(LocalDate day) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (OrderStatus status : OrderStatus.values()) {
            counts.put(status.name(), 0L);
        }
        rows(database.createNativeQuery("SELECT status, count(*) FROM cafe_order WHERE business_day = CAST(? AS date) GROUP BY status")
                .setParameter(1, day.toString())).forEach(row -> counts.put((String) row[0], number(row[1])));
        return counts;
    }

    private List<FiguresView.Hour> perHour(LocalDate day) {
        FiguresView.Hour[] hours = IntStream.range(0, HOURS).mapToObj(hour -> new FiguresView.Hour(hour, 0, 0)).toArray(FiguresView.Hour[]::new);
        rows(database.createNativeQuery("SELECT CAST(extract(hour FROM created_at AT TIME ZONE CAST(? AS text)) AS integer) AS hour, count(*),"
                + " sum(total_amount) FROM cafe_order WHERE business_day = CAST(? AS date) AND status <> 'CANCELLED' GROUP BY hour")
                .setParameter(1, config.zone().getId()).setParameter(2, day.toString()))
                .forEach(row -> hours[(int) number(row[0])] = new FiguresView.Hour((int) number(row[0]), number(row[1]), number(row[2])));
        return List.of(hours);
    }

    private List<FiguresView.Sold> perMenu(LocalDate day) {
        return rows(database.createNativeQuery("SELECT i.menu_id, i.menu_name, sum(i.quantity) AS sold, sum(i.price * i.quantity)"
                + " FROM order_item i JOIN cafe_order o ON o.id = i.order_id WHERE o.business_day = CAST(? AS date)"
                + " AND o.status <> 'CANCELLED' GROUP BY i.menu_id, i.menu_name ORDER BY sold DESC, i.menu_name")
                .setParameter(1, day.toString())).stream()
                .map(row -> new FiguresView.Sold(number(row[0]), (String) row[1], number(row[2]), number(row[3]))).toList();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    private static List<Object[]> rows(Query query) {
        return query.getResultList();
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
