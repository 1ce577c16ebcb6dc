DROP TABLE participants, org_predikats, cycle_instruments, cycles;
DROP FUNCTION refuse_rule_change;
DROP TABLE rules, instrument_items, instrument_behaviours, instruments;
DELETE FROM migration_markers WHERE version = 3;
