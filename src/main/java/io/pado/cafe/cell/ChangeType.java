package io.pado.cafe.cell;

/** Why a balance changed (spec system 2). */
public enum ChangeType {

    /** Somebody paid in. */
    CHARGE,
    /** An order was paid. */
    USE,
    /** An order that was paid was cancelled. */
    REFUND,
    /** An admin set it right. */
    ADJUST
}
