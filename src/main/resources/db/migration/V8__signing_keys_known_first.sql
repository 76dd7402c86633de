-- A new key is shown to all before it signs. What is here already signs.
ALTER TABLE signing_key ADD COLUMN signs_from timestamptz;
UPDATE signing_key SET signs_from = created_at;
ALTER TABLE signing_key ALTER COLUMN signs_from SET NOT NULL;
ALTER TABLE signing_key ALTER COLUMN signs_from SET DEFAULT now();
