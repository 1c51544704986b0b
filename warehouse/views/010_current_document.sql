CREATE OR REPLACE VIEW current_document AS
SELECT * EXCLUDE (latest) FROM (
    SELECT *, max(vintage) OVER (PARTITION BY document) AS latest FROM dim_document
) WHERE vintage = latest;
COMMENT ON VIEW current_document IS 'The latest vintage of each document.';
