-- Young tokens of other issuers, and the login on which each stands.
CREATE TABLE outside_token (
    fingerprint  varchar(64) PRIMARY KEY,
    session_id   varchar(40) NOT NULL,
    ends_at      timestamptz NOT NULL
);
CREATE INDEX outside_token_ends ON outside_token (ends_at);
