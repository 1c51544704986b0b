CREATE OR REPLACE VIEW series AS
WITH stated AS (
    SELECT
        f.*,
        d.published,
        concat_ws(', ', /* member labels */) AS members,
        row_number() OVER (
            PARTITION BY f.indicator, /* members */, f.area, f.period, f.measure, f.base_period
            ORDER BY
                f.bound = 'exact' DESC,
                f.upper - f.lower ASC NULLS LAST,
                d.published DESC NULLS LAST,
                f.observation_id
        ) AS rank
    FROM fact_observation AS f
    JOIN current_document AS d USING (document_id)
    WHERE f.status = 'accepted' AND f.period IS NOT NULL
)
SELECT
    best.indicator,
    best.members,
    /* best members */,
    best.area,
    best.period,
    p.end_date,
    best.measure,
    best.base_period,
    (CASE WHEN best.direction = 'down' THEN -best.value ELSE best.value END)::DOUBLE AS value,
    (CASE WHEN best.direction = 'down' THEN -best.upper ELSE best.lower END)::DOUBLE AS lower,
    (CASE WHEN best.direction = 'down' THEN -best.lower ELSE best.upper END)::DOUBLE AS upper,
    best.unit,
    best.bound,
    count(DISTINCT said.document_id) AS documents,
    best.quote,
    best.observation_id
FROM stated AS best
JOIN stated AS said
    ON said.indicator = best.indicator
    AND said.members = best.members
    AND said.area = best.area
    AND said.period = best.period
    AND said.measure = best.measure
    AND said.base_period IS NOT DISTINCT FROM best.base_period
    AND coalesce(said.lower <= best.upper, true)
    AND coalesce(said.upper >= best.lower, true)
LEFT JOIN dim_period AS p ON p.period = best.period
WHERE best.rank = 1
GROUP BY ALL;
COMMENT ON VIEW series IS 'One value for each indicator, members, area, period, measure and base period: the most precise accepted one of the latest vintages. A member column is null for the total; `members = ''''` finds totals of every dimension at once.';
COMMENT ON COLUMN series.members IS 'All members as text, "technology=5g"; empty for the total.';
COMMENT ON COLUMN series.end_date IS 'Last day of the period.';
COMMENT ON COLUMN series.value IS 'Value in the base unit; negative where a change or growth rate goes down. Exact decimals are in fact_observation.';
COMMENT ON COLUMN series.lower IS 'Least value that rounding and hedge allow; null is open.';
COMMENT ON COLUMN series.upper IS 'Greatest value that they allow; null is open.';
COMMENT ON COLUMN series.documents IS 'How many documents state a value that agrees with this one.';
COMMENT ON COLUMN series.quote IS 'The number as printed in the document that it was taken from.';
COMMENT ON COLUMN series.observation_id IS 'The fact that it was taken from (fact_observation, provenance).';
