-- Events from outside wait in the outbox while the log is away, and keep the name that their sender gave them.
ALTER TABLE outbox ALTER COLUMN once TYPE varchar(300);
