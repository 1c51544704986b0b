CREATE OR REPLACE VIEW current_document AS
SELECT * EXCLUDE (latest) FROM (
    SELECT *, first_value(vintage) OVER (
        PARTITION BY document ORDER BY refused IS NULL DESC, vintage DESC
    ) AS latest FROM dim_document
) WHERE vintage = latest;
COMMENT ON VIEW current_document IS 'The latest vintage of each document, of those that the gate let in if there is one.';
