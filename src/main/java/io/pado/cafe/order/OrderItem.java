package io.pado.cafe.order;

import io.pado.cafe.menu.MenuView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** One line of an order, with the menu's name and price as they were when it was placed. */
@Entity
@Table(name = "order_item")
public class OrderItem {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_item")
    @SequenceGenerator(name = "order_item", sequenceName = "order_item_id_seq", allocationSize = 50)
    private Long id;
    @ManyToOne(optional = false)
    @JoinColumn(name = "order_id")
    private Order order;
    @Column(name = "menu_id")
    private long menuId;
    @Column(name = "menu_name")
    private String menuName;
    private long price;
    private int quantity;
    private int place;

    /** For JPA. */
    protected OrderItem() {
    }

    OrderItem(Order order, MenuView menu, int quantity, int place) {
        this.order = order;
        this.menuId = menu.id();
        this.menuName = menu.name();
        this.price = menu.price();
        this.quantity = quantity;
        this.place = place;
    }

    long menuId() {
        return menuId;
    }

    String menuName() {
        return menuName;
    }

    long price() {
        return price;
    }

    int quantity() {
        return quantity;
    }

    long total() {
        return Math.multiplyExact(price, quantity);
    }
}
