package io.pado.lounge;

/** CDI event: something is said in the public room; fired in the transaction that stores it. */
record MessagePosted(LoungeMessageView message) {
}
