-- When the roles of a user were changed last: tokens that were made before say what no longer counts.
ALTER TABLE app_user ADD COLUMN roles_changed_at timestamptz;
CREATE INDEX app_user_roles_changed ON app_user (roles_changed_at) WHERE roles_changed_at IS NOT NULL;
