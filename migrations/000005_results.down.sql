ALTER TABLE evaluations DROP CONSTRAINT evaluations_run_fk;
ALTER TABLE cycles DROP CONSTRAINT cycles_published_run_fk;
DROP TABLE unit_results, employee_results, scoring_runs;
DELETE FROM migration_markers WHERE version = 5;
