-- Whether users hide: what Redis has been told of that, and when it was wished.
ALTER TABLE presence ADD COLUMN told_revision bigint NOT NULL DEFAULT 0, ADD COLUMN wished_at timestamptz;
CREATE INDEX presence_untold ON presence (user_id) WHERE revision > told_revision;
