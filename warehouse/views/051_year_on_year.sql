CREATE OR REPLACE VIEW year_on_year AS
WITH dated AS NOT MATERIALIZED (
    SELECT s.*, p.start_date, p.frequency, d.base_months
    FROM series AS s
    JOIN dim_period AS p USING (period)
    JOIN dim_series AS d USING (series_id)
),
level AS (
    SELECT
        now.*,
        before.period AS earlier_period,
        before.value AS earlier_value,
        before.lower AS earlier_lower,
        before.upper AS earlier_upper,
        before.observation_id AS earlier_observation_id,
        now.unit != 'percent' AND before.value > 0 AS relative
    FROM dated AS now
    JOIN dated AS before
        ON before.series_id = now.series_id AND before.indicator = now.indicator
        AND before.measure = now.measure AND before.frequency = now.frequency
        AND before.start_date = now.start_date - INTERVAL 12 MONTHS
        AND before.end_date = last_day(now.end_date - INTERVAL 12 MONTHS)
    WHERE now.measure = 'level'
),
figured AS (
    SELECT
        *,
        value - earlier_value AS change,
        lower - earlier_upper AS change_lower,
        upper - earlier_lower AS change_upper,
        CASE WHEN relative THEN 100 * (value / earlier_value - 1) END AS percent,
        CASE WHEN relative AND earlier_upper > 0 AND lower >= 0 THEN 100 * (lower / earlier_upper - 1) END AS percent_lower,
        CASE WHEN relative AND earlier_lower > 0 THEN 100 * (upper / earlier_lower - 1) END AS percent_upper
    FROM level
),
stated AS (
    SELECT * FROM dated WHERE measure IN ('change', 'growth_rate') AND base_months = 12
    QUALIFY 1 = row_number() OVER (
        PARTITION BY indicator, members, area, period, measure, unit ORDER BY documents DESC, observation_id
    )
)
SELECT
    f.indicator,
    f.members,
    /* f.members */,
    f.area,
    f.period,
    f.end_date,
    f.unit,
    f.value,
    f.earlier_period,
    f.earlier_value,
    f.change,
    f.change_lower,
    f.change_upper,
    f.percent,
    f.percent_lower,
    f.percent_upper,
    g.value AS stated_percent,
    CASE WHEN g.value IS NOT NULL AND f.percent IS NOT NULL THEN
        coalesce(g.lower <= f.percent_upper, true) AND coalesce(g.upper >= f.percent_lower, true)
    END AS percent_agrees,
    c.value AS stated_change,
    CASE WHEN c.value IS NOT NULL THEN
        coalesce(c.lower <= f.change_upper, true) AND coalesce(c.upper >= f.change_lower, true)
    END AS change_agrees,
    g.observation_id AS stated_percent_id,
    c.observation_id AS stated_change_id,
    f.observation_id,
    f.earlier_observation_id,
    f.series_id
FROM figured AS f
LEFT JOIN stated AS g
    ON g.measure = 'growth_rate' AND g.unit = 'percent'
    AND (g.indicator, g.members, g.area, g.period) = (f.indicator, f.members, f.area, f.period)
LEFT JOIN stated AS c
    ON c.measure = 'change' AND c.unit = CASE WHEN f.unit = 'percent' THEN 'percentage_point' ELSE f.unit END
    AND (c.indicator, c.members, c.area, c.period) = (f.indicator, f.members, f.area, f.period);
COMMENT ON VIEW year_on_year IS 'Each level beside that of twelve months before (of a period of the same form: June beside June, a first half beside a first half), with the change and the growth rate that follow, the intervals that the rounding of both leaves, and what reports state of them.';
COMMENT ON COLUMN year_on_year.indicator IS 'What is counted (dim_indicator).';
COMMENT ON COLUMN year_on_year.members IS 'All members as text; empty for the total.';
COMMENT ON COLUMN year_on_year.area IS 'Place (dim_area).';
COMMENT ON COLUMN year_on_year.period IS 'When the level holds (dim_period).';
COMMENT ON COLUMN year_on_year.end_date IS 'Last day of the period.';
COMMENT ON COLUMN year_on_year.unit IS 'Unit of both levels (dim_unit); the change of a percentage is in percentage points.';
COMMENT ON COLUMN year_on_year.value IS 'The level, from `series`.';
COMMENT ON COLUMN year_on_year.earlier_period IS 'The period twelve months before.';
COMMENT ON COLUMN year_on_year.earlier_value IS 'The level then.';
COMMENT ON COLUMN year_on_year.change IS 'value - earlier_value.';
COMMENT ON COLUMN year_on_year.change_lower IS 'Least change that the rounding of both levels allows; null is open.';
COMMENT ON COLUMN year_on_year.change_upper IS 'Greatest change that it allows; null is open.';
COMMENT ON COLUMN year_on_year.percent IS 'Growth rate in percent; null where the level is a percentage itself, or was not above 0.';
COMMENT ON COLUMN year_on_year.percent_lower IS 'Least growth rate that the rounding of both levels allows; null is open.';
COMMENT ON COLUMN year_on_year.percent_upper IS 'Greatest growth rate that it allows; null is open.';
COMMENT ON COLUMN year_on_year.stated_percent IS 'The growth rate over twelve months that reports state, if any does.';
COMMENT ON COLUMN year_on_year.percent_agrees IS 'Whether the rounding of all three leaves room for both; null where none is stated.';
COMMENT ON COLUMN year_on_year.stated_change IS 'The change over twelve months that reports state, if any does.';
COMMENT ON COLUMN year_on_year.change_agrees IS 'Whether the rounding of all three leaves room for both; null where none is stated.';
COMMENT ON COLUMN year_on_year.stated_percent_id IS 'The fact that states the growth rate (fact_observation).';
COMMENT ON COLUMN year_on_year.stated_change_id IS 'The fact that states the change.';
COMMENT ON COLUMN year_on_year.observation_id IS 'The fact that the level was taken from.';
COMMENT ON COLUMN year_on_year.earlier_observation_id IS 'The fact that the earlier level was taken from.';
COMMENT ON COLUMN year_on_year.series_id IS 'The series of the levels (dim_series).';
