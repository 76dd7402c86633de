package io.pado.cafe.cell;

import io.pado.platform.problem.ProblemException;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A group that pays by points, which are whole won. Whoever changes its balance holds its row's lock; the balance is never negative. */
@Entity
@Table(name = "cell")
public class Cell {

    private static final long MOST = 1_000_000_000_000L;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    private String name;
    private long balance;

    /** For JPA. */
    protected Cell() {
    }

    Cell(String name) {
        this.name = name;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    long balance() {
        return balance;
    }

    /** Adds to the balance, or takes from it. What is given back always fits, or an order could not be cancelled. */
    void change(long amount, ChangeType type) {
        long after = Math.addExact(balance, amount);
        if (after < 0) {
            throw ProblemException.conflict("insufficient-balance", "Cell " + name + " has " + balance + " won, and " + -amount
                    + " are needed; charge it first.");
        }
        if (after > MOST && amount > 0 && type != ChangeType.REFUND) {
            throw ProblemException.conflict("balance-limit", "Cell " + name + " has " + balance + " won, and may have " + MOST
                    + " at most; charge less.");
        }
        balance = after;
    }
}
