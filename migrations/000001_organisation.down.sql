DROP TABLE placements, positions, employee_former_nips, employees, unit_predecessors, units, instance, migration_markers;
