DROP TABLE evaluations, reviews;
DELETE FROM migration_markers WHERE version = 4;
