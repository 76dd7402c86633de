package io.pado.cafe.order;

/** How an order is paid. Only points of a cell are taken here; the others are paid at the counter. */
enum PayType {
    CELL, CARD, CASH, TRANSFER
}
