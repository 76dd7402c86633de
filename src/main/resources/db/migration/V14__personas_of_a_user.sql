-- How many characters a user has made is counted before each new one.
CREATE INDEX persona_created_by ON persona (created_by);
