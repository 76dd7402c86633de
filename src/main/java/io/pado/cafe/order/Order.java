package io.pado.cafe.order;

import io.pado.cafe.cell.CellName;
import io.pado.cafe.menu.MenuView;
import io.pado.platform.problem.ProblemException;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a guest wants and pays. It is placed as PENDING and goes through the steps of {@link OrderStatus}; its items and its price never
 * change. Whoever moves it on holds its row's lock.
 */
@Entity(name = "CafeOrder")
@Table(name = "cafe_order")
public class Order {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "cafe_order")
    @SequenceGenerator(name = "cafe_order", sequenceName = "cafe_order_id_seq", allocationSize = 50)
    private Long id;
    @Column(name = "order_id")
    private String orderId;
    @Column(name = "business_day")
    private LocalDate businessDay;
    @Column(name = "daily_num")
    private int dailyNum;
    @Enumerated(EnumType.STRING)
    @Column(name = "pay_type")
    private PayType payType;
    @Column(name = "cell_id")
    private Long cellId;
    @Column(name = "cell_name")
    private String cellName;
    @Column(name = "total_amount")
    private long totalAmount;
    @Enumerated(EnumType.STRING)
    private OrderStatus status = OrderStatus.PENDING;
    private String reason;
    @Column(name = "taken_by")
    private Long takenBy;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "updated_at")
    private Instant updatedAt;

    @OneToMany(mappedBy = "order", cascade = CascadeType.ALL, fetch = FetchType.EAGER)
    @OrderBy("place")
    private List<OrderItem> items = new ArrayList<>();

    /** For JPA. */
    protected Order() {
    }

    /** @param takenBy the user at the counter; empty without a token */
    Order(PayType payType, OptionalLong takenBy, Instant now) {
        this.orderId = OrderId.of(now);
        this.payType = payType;
        this.takenBy = takenBy.isPresent() ? takenBy.getAsLong() : null;
        this.createdAt = now;
        this.updatedAt = now;
    }

    String orderId() {
        return orderId;
    }

    int dailyNum() {
        return dailyNum;
    }

    LocalDate businessDay() {
        return businessDay;
    }

    PayType payType() {
        return payType;
    }

    /** The cell that paid it, under its name of then. */
    Optional<CellName> cell() {
        return Optional.ofNullable(cellId).map(cell -> new CellName(cell, cellName));
    }

    long totalAmount() {
        return totalAmount;
    }

    OrderStatus status() {
        return status;
    }

    /** Why it was cancelled. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether it was taken by this user, or by nobody who is known. */
    boolean takenBy(OptionalLong user) {
        return takenBy == null ? user.isEmpty() : user.isPresent() && user.getAsLong() == takenBy;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    List<OrderItem> items() {
        return List.copyOf(items);
    }

    void add(MenuView menu, int quantity) {
        OrderItem item = new OrderItem(this, menu, quantity, items.size());
        items.add(item);
        totalAmount = Math.addExact(totalAmount, item.total());
    }

    void paidBy(CellName cell) {
        cellId = cell.id();
        cellName = cell.name();
    }

    void number(LocalDate day, int number) {
        businessDay = day;
        dailyNum = number;
    }

    /** @throws ProblemException 409 unless it is the next step */
    void advance(OrderStatus to, Instant now) {
        OrderStatus next = status.next().orElseThrow(() -> illegal("which is final"));
        if (to != next) {
            throw illegal(to == OrderStatus.CANCELLED ? "and is cancelled by POST /api/orders/{id}/cancel" : "and its next status is " + next);
        }
        status = to;
        updatedAt = now;
    }

    /** @throws ProblemException 409 if it is completed, or was cancelled before */
    void cancel(String why, Instant now) {
        if (status.next().isEmpty()) {
            throw illegal("which is final");
        }
        status = OrderStatus.CANCELLED;
        reason = why;
        updatedAt = now;
    }

    private ProblemException illegal(String words) {
        return ProblemException.conflict("illegal-status", "Order " + orderId + " is " + status + ", " + words + '.');
    }
}
