-- The numbers of these rows say nothing about an order in time, so each node takes them from the sequence 50 at a time (allocationSize).
ALTER SEQUENCE cafe_order_id_seq INCREMENT BY 50;
ALTER SEQUENCE order_item_id_seq INCREMENT BY 50;
-- A node takes the 50 numbers up to the one that it is given: the first must be 51 or more.
DO $$ BEGIN
    PERFORM setval('cafe_order_id_seq', greatest(50, (SELECT coalesce(max(id), 0) FROM cafe_order)));
    PERFORM setval('order_item_id_seq', greatest(50, (SELECT coalesce(max(id), 0) FROM order_item)));
END $$;
