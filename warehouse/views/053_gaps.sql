CREATE OR REPLACE VIEW gaps AS
WITH point AS (
    SELECT DISTINCT
        s.series_id,
        p.frequency,
        s.period,
        p.end_date,
        12 * year(p.end_date) + month(p.end_date) - 1 AS month
    FROM series AS s
    JOIN dim_period AS p USING (period)
    WHERE p.frequency != 'X'
),
extent AS (
    SELECT series_id, frequency, count(*) AS points, min(month) AS first, max(month) AS last
    FROM point
    GROUP BY ALL
    HAVING count(*) > 1
),
on_grid AS (
    SELECT p.series_id, p.frequency, step.months, p.month % step.months AS phase, count(*) AS points
    FROM point AS p
    CROSS JOIN (VALUES (1), (3), (6), (12), (60), (120)) AS step (months)
    GROUP BY ALL
),
usual AS (
    SELECT
        e.series_id,
        e.frequency,
        e.first,
        e.last,
        arg_max(g.months, (g.months, g.points)) AS months,
        arg_max(g.phase, (g.months, g.points)) AS phase
    FROM extent AS e
    JOIN on_grid AS g USING (series_id, frequency)
    WHERE g.points >= 0.8 * e.points AND (g.months <= 12 OR e.points > 2)
    GROUP BY ALL
),
expected AS (
    SELECT *, unnest(range(
        first + (phase - first % months + months) % months, last, months
    )) AS month
    FROM usual
),
missing AS (
    SELECT *, last_day(make_date(month // 12, month % 12 + 1, 1)) AS end_date
    FROM expected
    ANTI JOIN point USING (series_id, frequency, month)
)
SELECT
    s.indicator,
    s.members,
    /* s.members */,
    s.area,
    s.measure,
    s.unit,
    CASE m.frequency
        WHEN 'A' THEN strftime(m.end_date, '%Y')
        WHEN 'S' THEN strftime(m.end_date, '%Y-H') || (1 + m.month % 12 // 6)
        WHEN 'Q' THEN strftime(m.end_date, '%Y-Q') || (1 + m.month % 12 // 3)
        ELSE strftime(m.end_date, '%Y-%m')
    END AS period,
    m.end_date,
    m.months AS every_months,
    (SELECT arg_max(p.period, p.end_date) FROM point AS p
        WHERE (p.series_id, p.frequency) = (m.series_id, m.frequency) AND p.end_date < m.end_date) AS known_before,
    (SELECT arg_min(p.period, p.end_date) FROM point AS p
        WHERE (p.series_id, p.frequency) = (m.series_id, m.frequency) AND p.end_date > m.end_date) AS known_after,
    m.series_id
FROM missing AS m
JOIN dim_series AS s USING (series_id);
COMMENT ON VIEW gaps IS 'Periods for which a series has no value between its first and its last. How often it has one is taken from its periods: the longest of 1, 3, 6 and 12 months (with three periods and more also of 5 and 10 years) on which at least four of five of them lie, so figures of June and December are half-yearly though their periods are months.';
COMMENT ON COLUMN gaps.indicator IS 'What is counted (dim_indicator).';
COMMENT ON COLUMN gaps.members IS 'All members as text; empty for the total.';
COMMENT ON COLUMN gaps.area IS 'Place (dim_area).';
COMMENT ON COLUMN gaps.measure IS 'level, change, growth_rate or share.';
COMMENT ON COLUMN gaps.unit IS 'Base unit (dim_unit).';
COMMENT ON COLUMN gaps.period IS 'The period that is missing.';
COMMENT ON COLUMN gaps.end_date IS 'Its last day.';
COMMENT ON COLUMN gaps.every_months IS 'How often the series usually has a value, in months.';
COMMENT ON COLUMN gaps.known_before IS 'The last period before it that has a value.';
COMMENT ON COLUMN gaps.known_after IS 'The first period after it that has one.';
COMMENT ON COLUMN gaps.series_id IS 'The series (dim_series).';
