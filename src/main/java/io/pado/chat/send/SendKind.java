package io.pado.chat.send;

/** Which rooms an address of sends is for. */
enum SendKind {

    /** Every room. */
    ANY,
    /** Rooms of one user and one character: the old {@code /sse}. */
    ONE_ON_ONE,
    /** All others: the old {@code /group-sse}. */
    GROUP
}
