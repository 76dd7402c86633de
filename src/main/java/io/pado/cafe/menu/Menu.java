package io.pado.cafe.menu;

import io.pado.platform.problem.ProblemException;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * Something that can be ordered, unless it is sold out. Whoever changes it holds its row's lock. An edit counts {@code revision} up, so that
 * an editor who had an older state before their eyes can be told; selling out does not, for it overwrites nothing that somebody typed.
 */
@Entity
@Table(name = "menu")
public class Menu {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    private String name;
    private long price;
    private String category;
    private String description;
    private int position;
    @Column(name = "sold_out")
    private boolean soldOut;
    private long revision;

    /** For JPA. */
    protected Menu() {
    }

    Menu(MenuDetails details) {
        write(details);
    }

    long id() {
        return id;
    }

    boolean soldOut() {
        return soldOut;
    }

    long revision() {
        return revision;
    }

    MenuDetails details() {
        return new MenuDetails(name, price, category, description, position);
    }

    void requireRevision(long seen) {
        if (seen != revision) {
            throw ProblemException.conflict("changed-meanwhile", "This menu was edited meanwhile: it has version " + revision
                    + ". GET it, and edit that.");
        }
    }

    void edit(MenuDetails details) {
        write(details);
        revision++;
    }

    void soldOut(boolean now) {
        soldOut = now;
    }

    private void write(MenuDetails details) {
        name = details.name();
        price = details.price();
        category = details.category();
        description = details.description();
        position = details.position();
    }
}
