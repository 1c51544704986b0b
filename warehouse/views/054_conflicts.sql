CREATE OR REPLACE VIEW conflicts AS
WITH stated AS (
    SELECT
        f.series_id,
        f.period,
        f.observation_id,
        f.status,
        f.quote,
        f.base_period,
        d.source,
        d.document,
        d.vintage_date,
        coalesce(o.official, false) AS official,
        CASE WHEN f.direction = 'down' THEN -f.value ELSE f.value END AS value,
        CASE WHEN f.direction = 'down' THEN -f.upper ELSE f.lower END AS lower,
        CASE WHEN f.direction = 'down' THEN -f.lower ELSE f.upper END AS upper
    FROM fact_observation AS f
    JOIN current_document AS d USING (document_id)
    LEFT JOIN dim_source AS o USING (source)
    WHERE f.status != 'unresolved' AND f.period IS NOT NULL AND d.refused IS NULL
    QUALIFY 1 = row_number() OVER (
        PARTITION BY f.series_id, f.period, f.base_period, d.source
        ORDER BY f.status, d.vintage_date DESC, f.bound = 'exact' DESC, f.upper - f.lower NULLS LAST, f.observation_id
    )
)
SELECT
    s.indicator,
    s.members,
    /* s.members */,
    s.area,
    a.period,
    s.measure,
    s.unit,
    a.source,
    a.value::DOUBLE AS value,
    a.quote,
    a.status,
    b.source AS other_source,
    b.value::DOUBLE AS other_value,
    b.quote AS other_quote,
    b.status AS other_status,
    (b.value - a.value)::DOUBLE AS difference,
    CASE WHEN a.value != 0 THEN 100 * (b.value - a.value)::DOUBLE / abs(a.value)::DOUBLE END AS percent,
    a.official,
    b.official AS other_official,
    a.document,
    b.document AS other_document,
    a.observation_id,
    b.observation_id AS other_observation_id,
    a.series_id
FROM stated AS a
JOIN stated AS b
    ON b.series_id = a.series_id AND b.period = a.period AND b.base_period IS NOT DISTINCT FROM a.base_period
    AND (NOT b.official, b.source) > (NOT a.official, a.source)
JOIN dim_series AS s ON s.series_id = a.series_id
WHERE a.lower > b.upper OR b.lower > a.upper;
COMMENT ON VIEW conflicts IS 'Where two sources state values of the same series and period that the rounding of both does not explain: the latest that each says, side by side, quarantined ones too. What one source says now and said before is in `revisions`.';
COMMENT ON COLUMN conflicts.indicator IS 'What is counted (dim_indicator).';
COMMENT ON COLUMN conflicts.members IS 'All members as text; empty for the total.';
COMMENT ON COLUMN conflicts.area IS 'Place (dim_area).';
COMMENT ON COLUMN conflicts.period IS 'When it holds (dim_period).';
COMMENT ON COLUMN conflicts.measure IS 'level, change, growth_rate or share.';
COMMENT ON COLUMN conflicts.unit IS 'Unit of both values (dim_unit).';
COMMENT ON COLUMN conflicts.source IS 'The one source (dim_source): the official one, if only one of the two is.';
COMMENT ON COLUMN conflicts.value IS 'What it says, in the base unit.';
COMMENT ON COLUMN conflicts.quote IS 'The number as printed.';
COMMENT ON COLUMN conflicts.status IS 'accepted or quarantined.';
COMMENT ON COLUMN conflicts.other_source IS 'The other source.';
COMMENT ON COLUMN conflicts.other_value IS 'What that one says.';
COMMENT ON COLUMN conflicts.other_quote IS 'The number as printed there.';
COMMENT ON COLUMN conflicts.other_status IS 'accepted or quarantined.';
COMMENT ON COLUMN conflicts.difference IS 'other_value - value.';
COMMENT ON COLUMN conflicts.percent IS 'The difference in percent of value; null where that is 0.';
COMMENT ON COLUMN conflicts.official IS 'Whether the one source is official.';
COMMENT ON COLUMN conflicts.other_official IS 'Whether the other one is.';
COMMENT ON COLUMN conflicts.document IS 'The document that says it.';
COMMENT ON COLUMN conflicts.other_document IS 'The document that says the other value.';
COMMENT ON COLUMN conflicts.observation_id IS 'The fact (fact_observation).';
COMMENT ON COLUMN conflicts.other_observation_id IS 'The other fact.';
COMMENT ON COLUMN conflicts.series_id IS 'The series (dim_series).';
