-- The comparisons of the quality rules as plain SQL on one table of facts. Each statement returns how many comparisons
-- there are and how many are broken; `least` and `most` are the interval, below zero for what goes down.
-- rule: prepare
CREATE OR REPLACE TABLE f AS
SELECT id, document, publisher, published, indicator, area, period, base_period, measure, unit,
    residence, technology, application,
    (CASE WHEN direction = 'down' THEN -upper ELSE lower END)::DOUBLE AS least,
    (CASE WHEN direction = 'down' THEN -lower ELSE upper END)::DOUBLE AS most,
    (upper - lower)::DOUBLE / greatest(abs(lower), abs(upper))::DOUBLE AS width
FROM facts;
CREATE OR REPLACE TABLE here AS
SELECT * FROM f QUALIFY row_number() OVER (
    PARTITION BY document, indicator, area, period, base_period, measure, residence, technology, application
    ORDER BY round(width, 12), published DESC, id) = 1;
CREATE OR REPLACE TABLE best AS
SELECT * FROM f QUALIFY row_number() OVER (
    PARTITION BY indicator, area, period, base_period, measure, residence, technology, application
    ORDER BY round(width, 12), published DESC, id) = 1;
CREATE OR REPLACE TABLE own AS
SELECT * FROM f QUALIFY row_number() OVER (
    PARTITION BY publisher, indicator, area, period, base_period, measure, residence, technology, application
    ORDER BY round(width, 12), published DESC, id) = 1;
CREATE OR REPLACE TABLE elsewhere AS
SELECT a.publisher = b.publisher AS same_publisher, a.published = b.published AS same_day,
    a.least > b.most OR a.most < b.least AS apart, b.width AS width,
    a.least AS a_least, a.most AS a_most, b.least AS b_least, b.most AS b_most
FROM here AS b JOIN best AS a ON a.indicator = b.indicator AND a.area = b.area AND a.period = b.period
    AND a.measure = b.measure AND a.base_period IS NOT DISTINCT FROM b.base_period
    AND a.residence IS NOT DISTINCT FROM b.residence AND a.technology IS NOT DISTINCT FROM b.technology
    AND a.application IS NOT DISTINCT FROM b.application AND a.id != b.id;
-- rule: same_fact
SELECT count(*), count(*) FILTER (a.least > b.most OR a.most < b.least)
FROM f AS b JOIN here AS a ON a.document = b.document AND a.indicator = b.indicator AND a.area = b.area
    AND a.period = b.period AND a.measure = b.measure AND a.base_period IS NOT DISTINCT FROM b.base_period
    AND a.residence IS NOT DISTINCT FROM b.residence AND a.technology IS NOT DISTINCT FROM b.technology
    AND a.application IS NOT DISTINCT FROM b.application AND a.id != b.id;
-- rule: editions
SELECT count(*), count(*) FILTER (apart) FROM elsewhere WHERE same_publisher AND same_day;
-- rule: magnitude
SELECT count(*), count(*) FROM elsewhere WHERE NOT (same_publisher AND same_day) AND apart
    AND list_aggregate(list_transform([1, 2, 3, 4, 6, 8], lambda k:
        (a_least * 10 ** k <= b_most AND b_least <= a_most * 10 ** k)
        OR (b_least * 10 ** k <= a_most AND a_least <= b_most * 10 ** k)), 'bool_or');
-- rule: range
SELECT count(*), count(*) FILTER (most < low OR least > high)
FROM (SELECT least, most, CASE measure WHEN 'growth_rate' THEN -100 ELSE 0 END AS low,
        CASE measure WHEN 'growth_rate' THEN 1e300 ELSE 100 END AS high
    FROM f WHERE measure IN ('growth_rate', 'share') OR (indicator = 'application_usage_rate' AND measure = 'level'));
-- rule: part_whole
SELECT count(*), count(*) FILTER (p.least > w.most)
FROM here AS p JOIN here AS w ON p.document = w.document AND p.indicator = w.indicator AND p.area = w.area
    AND p.period = w.period AND p.measure = 'level' AND w.measure = 'level'
WHERE p.indicator != 'application_usage_rate' AND w.residence IS NULL AND w.technology IS NULL AND w.application IS NULL
    AND (p.residence IS NULL)::INT + (p.technology IS NULL)::INT + (p.application IS NULL)::INT = 2;
-- rule: parts_sum
SELECT count(*), count(*) FILTER (
    w.least > u.most + coalesce(r.most, b.most) OR w.most < u.least + coalesce(r.least, b.least))
FROM (SELECT document, indicator, area, period, measure, base_period, least, most FROM here
        WHERE residence IS NULL AND technology IS NULL AND application IS NULL AND measure != 'growth_rate'
        UNION ALL SELECT DISTINCT document, indicator, area, period, 'share', NULL, 100.0, 100.0
        FROM here WHERE measure = 'share') AS w
JOIN here AS u ON u.document = w.document AND u.indicator = w.indicator AND u.area = w.area AND u.period = w.period
    AND u.measure = w.measure AND u.base_period IS NOT DISTINCT FROM w.base_period AND u.residence = 'urban'
LEFT JOIN here AS r ON r.document = w.document AND r.indicator = w.indicator AND r.area = w.area
    AND r.period = w.period AND r.measure = w.measure AND r.base_period IS NOT DISTINCT FROM w.base_period
    AND r.residence = 'rural'
LEFT JOIN best AS b ON b.indicator = w.indicator AND b.area = w.area AND b.period = w.period
    AND b.measure = w.measure AND b.base_period IS NOT DISTINCT FROM w.base_period AND b.residence = 'rural'
WHERE coalesce(r.id, b.id) IS NOT NULL;
-- rule: share
SELECT count(*), count(*) FILTER (100 * p.least > s.most * w.most OR 100 * p.most < s.least * w.least)
FROM here AS s
JOIN here AS p ON p.document = s.document AND p.indicator = s.indicator AND p.area = s.area AND p.period = s.period
    AND p.measure = 'level' AND p.residence = s.residence
JOIN here AS w ON w.document = s.document AND w.indicator = s.indicator AND w.area = s.area AND w.period = s.period
    AND w.measure = 'level' AND w.residence IS NULL AND w.technology IS NULL AND w.application IS NULL
WHERE s.measure = 'share';
-- rule: ratio
SELECT count(*), count(*) FILTER (100 * p.least > s.most * w.most OR 100 * p.most < s.least * w.least)
FROM here AS s
JOIN here AS p ON p.document = s.document AND p.indicator = 'application_users' AND p.area = s.area
    AND p.period = s.period AND p.measure = 'level' AND p.application = s.application
JOIN here AS w ON w.document = s.document AND w.indicator = 'internet_users' AND w.area = s.area
    AND w.period = s.period AND w.measure = 'level' AND w.residence IS NULL
WHERE s.indicator = 'application_usage_rate' AND s.measure = 'level';
-- rule: change
SELECT count(*), count(*) FILTER (n.least - coalesce(o.most, b.most) > c.most OR n.most - coalesce(o.least, b.least) < c.least)
FROM here AS c
JOIN here AS n ON n.document = c.document AND n.indicator = c.indicator AND n.area = c.area AND n.period = c.period
    AND n.measure = 'level' AND n.residence IS NOT DISTINCT FROM c.residence
    AND n.technology IS NOT DISTINCT FROM c.technology AND n.application IS NOT DISTINCT FROM c.application
LEFT JOIN own AS o ON o.publisher = c.publisher AND o.indicator = c.indicator AND o.area = c.area
    AND o.period = c.base_period AND o.measure = 'level' AND o.residence IS NOT DISTINCT FROM c.residence
    AND o.technology IS NOT DISTINCT FROM c.technology AND o.application IS NOT DISTINCT FROM c.application
LEFT JOIN best AS b ON b.indicator = c.indicator AND b.area = c.area
    AND b.period = c.base_period AND b.measure = 'level' AND b.residence IS NOT DISTINCT FROM c.residence
    AND b.technology IS NOT DISTINCT FROM c.technology AND b.application IS NOT DISTINCT FROM c.application
WHERE c.measure = 'change' AND coalesce(o.id, b.id) IS NOT NULL;
-- rule: growth
SELECT sum(compared), sum(broken) FROM (
SELECT count(*) AS compared, count(*) FILTER (
    100 * n.least > (100 + g.most) * coalesce(o.most, b.most)
    OR 100 * n.most < (100 + g.least) * coalesce(o.least, b.least)) AS broken
FROM here AS g
JOIN here AS n ON n.document = g.document AND n.indicator = g.indicator AND n.area = g.area AND n.period = g.period
    AND n.measure = 'level' AND n.residence IS NOT DISTINCT FROM g.residence
    AND n.technology IS NOT DISTINCT FROM g.technology AND n.application IS NOT DISTINCT FROM g.application
LEFT JOIN own AS o ON o.publisher = g.publisher AND o.indicator = g.indicator AND o.area = g.area
    AND o.period = g.base_period AND o.measure = 'level' AND o.residence IS NOT DISTINCT FROM g.residence
    AND o.technology IS NOT DISTINCT FROM g.technology AND o.application IS NOT DISTINCT FROM g.application
LEFT JOIN best AS b ON b.indicator = g.indicator AND b.area = g.area
    AND b.period = g.base_period AND b.measure = 'level' AND b.residence IS NOT DISTINCT FROM g.residence
    AND b.technology IS NOT DISTINCT FROM g.technology AND b.application IS NOT DISTINCT FROM g.application
WHERE g.measure = 'growth_rate' AND coalesce(o.id, b.id) IS NOT NULL
UNION ALL
SELECT count(*), count(*) FILTER (
    100 * c.least > greatest(g.most * (n.most - c.least), g.least * (n.least - c.most), g.most * (n.least - c.most), g.least * (n.most - c.least))
    OR 100 * c.most < least(g.most * (n.most - c.least), g.least * (n.least - c.most), g.most * (n.least - c.most), g.least * (n.most - c.least)))
FROM here AS g
JOIN here AS n ON n.document = g.document AND n.indicator = g.indicator AND n.area = g.area AND n.period = g.period
    AND n.measure = 'level' AND n.residence IS NOT DISTINCT FROM g.residence
    AND n.technology IS NOT DISTINCT FROM g.technology AND n.application IS NOT DISTINCT FROM g.application
JOIN here AS c ON c.document = g.document AND c.indicator = g.indicator AND c.area = g.area AND c.period = g.period
    AND c.measure = 'change' AND c.base_period = g.base_period AND c.residence IS NOT DISTINCT FROM g.residence
    AND c.technology IS NOT DISTINCT FROM g.technology AND c.application IS NOT DISTINCT FROM g.application
WHERE g.measure = 'growth_rate');
-- rule: publishers
SELECT count(*), count(*) FILTER (apart) FROM elsewhere WHERE NOT same_publisher AND NOT (apart
    AND list_aggregate(list_transform([1, 2, 3, 4, 6, 8], lambda k:
        (a_least * 10 ** k <= b_most AND b_least <= a_most * 10 ** k)
        OR (b_least * 10 ** k <= a_most AND a_least <= b_most * 10 ** k)), 'bool_or'));
-- rule: periods_sum
SELECT count(*), count(*) FILTER (y.least > a.most + b.most OR y.most < a.least + b.least)
FROM here AS y
JOIN here AS b ON b.document = y.document AND b.indicator = y.indicator AND b.area = y.area
    AND b.measure = 'level' AND b.period = y.period || '-H2'
JOIN own AS a ON a.publisher = y.publisher AND a.indicator = y.indicator AND a.area = y.area
    AND a.measure = 'level' AND a.period = y.period || '-H1'
WHERE y.indicator = 'telecom_revenue' AND y.measure = 'level' AND length(y.period) = 4;
-- rule: jump
SELECT 2 * count(*), count(*) FILTER (least > 3 * before_most OR before_least > 3 * most)
FROM (SELECT *, median(step) OVER w AS calm, count(*) OVER w AS steps
    FROM (SELECT *, abs(ln((least + most) / 2) - ln((before_least + before_most) / 2)) AS step
        FROM (SELECT *, lag(least) OVER s AS before_least, lag(most) OVER s AS before_most FROM best
            WHERE measure = 'level' AND least > 0
            WINDOW s AS (PARTITION BY indicator, area, residence, technology, application, length(period),
                    period LIKE '%H%' ORDER BY period)) WHERE before_least IS NOT NULL)
    WINDOW w AS (PARTITION BY indicator, area, residence, technology, application))
WHERE steps >= 3 AND calm < ln(1.25);
