-- Of a warehouse from before migrations were written down: its keys came from sequences. DuckDB 1.5 cannot replay, after
-- a crash, a change to a table with such a default ("GetDefaultDatabase with no default database set"), so these go first.
ALTER TABLE IF EXISTS load ALTER COLUMN load_id DROP DEFAULT;
ALTER TABLE IF EXISTS dim_document ALTER COLUMN document_id DROP DEFAULT;
ALTER TABLE IF EXISTS fact_observation ALTER COLUMN observation_id DROP DEFAULT;
