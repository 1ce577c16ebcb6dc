DROP TABLE audit_entries;
DROP FUNCTION refuse_change;
DROP TABLE known_devices, login_throttles, sessions, user_roles, users;
DELETE FROM migration_markers WHERE version = 2;
