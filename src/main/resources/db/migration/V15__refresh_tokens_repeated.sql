-- A renewal whose answer was lost can be repeated: when a token was first used, and which one its last use gave.
ALTER TABLE refresh_token ADD COLUMN used_at timestamptz, ADD COLUMN successor varchar(64);
