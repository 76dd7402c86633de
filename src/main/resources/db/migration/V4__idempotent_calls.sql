-- Commands that carried an Idempotency-Key, and what they were answered; see IdempotentCalls.
CREATE TABLE idempotent_call (
    caller      varchar(40) NOT NULL,
    key         varchar(200) NOT NULL,
    content     varchar(64) NOT NULL,
    status      integer,
    location    varchar(300),
    json        text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotent_call_created ON idempotent_call (created_at);
