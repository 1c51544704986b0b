CREATE OR REPLACE VIEW levels_wide AS
SELECT
    s.area,
    s.period,
    s.end_date,
    /* s.indicators */,
    count(*) AS indicators
FROM series AS s
JOIN dim_indicator AS i ON i.indicator = s.indicator AND i.unit = s.unit
WHERE s.measure = 'level' AND s.members = ''
GROUP BY s.area, s.period, s.end_date;
COMMENT ON VIEW levels_wide IS 'The totals side by side: one row for each area and period, a column for each indicator of the catalogue with its best level in its own unit; null where none is known. Hedges ("over 1 billion") and intervals are in `series`.';
COMMENT ON COLUMN levels_wide.area IS 'Place (dim_area).';
COMMENT ON COLUMN levels_wide.period IS 'When it holds (dim_period).';
COMMENT ON COLUMN levels_wide.end_date IS 'Last day of the period.';
COMMENT ON COLUMN levels_wide.indicators IS 'How many of the indicators have a level here.';

CREATE OR REPLACE VIEW members_wide AS
SELECT
    s.area,
    s.period,
    s.end_date,
    s.members,
    /* s.members */,
    /* s.indicators */,
    count(*) AS indicators
FROM series AS s
JOIN dim_indicator AS i ON i.indicator = s.indicator AND i.unit = s.unit
WHERE s.measure = 'level'
GROUP BY ALL;
COMMENT ON VIEW members_wide IS 'Totals and parts side by side: as `levels_wide`, with one row for each area, period and combination of members, so that the users and the usage rate of one group stand in one row.';
COMMENT ON COLUMN members_wide.area IS 'Place (dim_area).';
COMMENT ON COLUMN members_wide.period IS 'When it holds (dim_period).';
COMMENT ON COLUMN members_wide.end_date IS 'Last day of the period.';
COMMENT ON COLUMN members_wide.members IS 'All members as text; empty for the total.';
COMMENT ON COLUMN members_wide.indicators IS 'How many of the indicators have a level here.';
