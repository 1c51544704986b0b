CREATE OR REPLACE VIEW revisions AS
WITH stated AS (
    SELECT
        f.series_id,
        f.period,
        f.observation_id,
        f.document_id,
        d.source,
        d.document,
        d.vintage,
        d.vintage_date,
        d.title,
        f.quote,
        CASE WHEN f.direction = 'down' THEN -f.value ELSE f.value END AS value,
        CASE WHEN f.direction = 'down' THEN -f.upper ELSE f.lower END AS lower,
        CASE WHEN f.direction = 'down' THEN -f.lower ELSE f.upper END AS upper
    FROM fact_observation AS f
    JOIN dim_document AS d USING (document_id)
    WHERE f.status = 'accepted' AND f.period IS NOT NULL AND d.refused IS NULL
    QUALIFY 1 = row_number() OVER (
        PARTITION BY f.series_id, f.period, d.source, d.vintage_date
        ORDER BY f.bound = 'exact' DESC, f.upper - f.lower NULLS LAST, f.observation_id
    )
),
paired AS (
    SELECT
        *,
        lag(value) OVER earlier AS old_value,
        lag(lower) OVER earlier AS old_lower,
        lag(upper) OVER earlier AS old_upper,
        lag(vintage_date) OVER earlier AS old_date,
        lag(document) OVER earlier AS old_document,
        lag(quote) OVER earlier AS old_quote,
        lag(observation_id) OVER earlier AS old_observation_id
    FROM stated
    WINDOW earlier AS (PARTITION BY series_id, period, source ORDER BY vintage_date)
)
SELECT
    s.indicator,
    s.members,
    s.area,
    r.period,
    s.measure,
    s.base_months,
    r.old_value::DOUBLE AS old_value,
    r.value::DOUBLE AS new_value,
    (r.value - r.old_value)::DOUBLE AS change,
    CASE WHEN r.old_value != 0 THEN 100 * (r.value - r.old_value)::DOUBLE / abs(r.old_value)::DOUBLE END AS percent,
    s.unit,
    r.source,
    r.old_date,
    r.vintage_date AS new_date,
    r.old_document,
    r.document AS new_document,
    r.old_quote,
    r.quote AS new_quote,
    r.old_observation_id,
    r.observation_id AS new_observation_id,
    r.series_id
FROM paired AS r
JOIN dim_series AS s USING (series_id)
WHERE r.lower > r.old_upper OR r.upper < r.old_lower;
COMMENT ON VIEW revisions IS 'Where a source later gave another value for the same series and period than before, beyond the rounding of both: in a new vintage of a document or in another document. What differs between sources is in `conflicts`.';
COMMENT ON COLUMN revisions.old_value IS 'What the source said before, in the base unit.';
COMMENT ON COLUMN revisions.new_value IS 'What it said then.';
COMMENT ON COLUMN revisions.change IS 'new_value - old_value.';
COMMENT ON COLUMN revisions.percent IS 'The change in percent of the old value; null where that is 0.';
COMMENT ON COLUMN revisions.source IS 'Who revised it (dim_source).';
COMMENT ON COLUMN revisions.old_date IS 'From when the public could know the old value (dim_document.vintage_date).';
COMMENT ON COLUMN revisions.new_date IS 'From when it could know the new one.';
