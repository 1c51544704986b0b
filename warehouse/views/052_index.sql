CREATE OR REPLACE MACRO index_of(base_period) AS TABLE
WITH level AS (
    SELECT s.*, p.frequency, p.start_date
    FROM series AS s
    JOIN dim_period AS p USING (period)
    WHERE s.measure = 'level'
),
base AS (
    SELECT
        series_id,
        frequency,
        arg_min({period: period, value: value, lower: lower, upper: upper}, (end_date, start_date)) AS base
    FROM level
    WHERE (base_period IS NULL OR period = base_period::VARCHAR) AND value > 0
    GROUP BY series_id, frequency
)
SELECT
    l.indicator,
    l.members,
    /* l.members */,
    l.area,
    l.period,
    l.end_date,
    l.unit,
    l.value,
    b.base.period AS base,
    b.base.value AS base_value,
    100 * l.value / b.base.value AS index_100,
    CASE WHEN l.period = b.base.period THEN 100.0
        WHEN l.lower >= 0 AND b.base.upper > 0 THEN 100 * l.lower / b.base.upper END AS index_lower,
    CASE WHEN l.period = b.base.period THEN 100.0
        WHEN b.base.lower > 0 THEN 100 * l.upper / b.base.lower END AS index_upper,
    l.observation_id,
    l.series_id
FROM level AS l
JOIN base AS b USING (series_id, frequency);
COMMENT ON MACRO TABLE index_of IS '`index_100` with the period that is 100 named: `FROM index_of(''2020-12'')`. Series without a value above 0 in that period are left out; with NULL each has its first period.';

CREATE OR REPLACE VIEW index_100 AS FROM index_of(NULL);
COMMENT ON VIEW index_100 IS 'Each series of levels as an index: its first period is 100. Periods of another form (a half-year beside years) have an index of their own. `index_of(''2020-12'')` sets another base.';
COMMENT ON COLUMN index_100.indicator IS 'What is counted (dim_indicator).';
COMMENT ON COLUMN index_100.members IS 'All members as text; empty for the total.';
COMMENT ON COLUMN index_100.area IS 'Place (dim_area).';
COMMENT ON COLUMN index_100.period IS 'When the level holds (dim_period).';
COMMENT ON COLUMN index_100.end_date IS 'Last day of the period.';
COMMENT ON COLUMN index_100.unit IS 'Unit of value and base_value (dim_unit).';
COMMENT ON COLUMN index_100.value IS 'The level, from `series`.';
COMMENT ON COLUMN index_100.base IS 'The period that is 100.';
COMMENT ON COLUMN index_100.base_value IS 'The level then.';
COMMENT ON COLUMN index_100.index_100 IS '100 * value / base_value.';
COMMENT ON COLUMN index_100.index_lower IS 'Least index that the rounding of both levels allows; null is open.';
COMMENT ON COLUMN index_100.index_upper IS 'Greatest index that it allows; null is open.';
COMMENT ON COLUMN index_100.observation_id IS 'The fact that the level was taken from (fact_observation).';
COMMENT ON COLUMN index_100.series_id IS 'The series (dim_series).';
