CREATE OR REPLACE MACRO series_of(published_by, loaded_by) AS TABLE
WITH document AS (
    SELECT d.document_id, d.document, d.source, d.vintage_date, coalesce(s.official, false) AS official
    FROM dim_document AS d
    LEFT JOIN dim_source AS s USING (source)
    WHERE (published_by IS NULL OR (d.vintage_date <= published_by AND coalesce(published_by < d.vintage_until, true)))
        AND (loaded_by IS NULL OR (d.loaded_at <= loaded_by AND coalesce(loaded_by < d.loaded_until, true)))
),
changed_since AS (
    SELECT observation_id, arg_min(was, noted_at) AS status
    FROM status_event
    WHERE noted_at > loaded_by
    GROUP BY observation_id
),
cell AS (
    SELECT
        f.series_id,
        f.indicator,
        /* f.members */,
        f.area,
        f.measure,
        f.unit,
        f.period,
        list({
            observation_id: f.observation_id,
            document_id: f.document_id,
            document: d.document,
            source: d.source,
            official: d.official,
            day: d.vintage_date,
            value: CASE WHEN f.direction = 'down' THEN -f.value ELSE f.value END,
            lower: CASE WHEN f.direction = 'down' THEN -f.upper ELSE f.lower END,
            upper: CASE WHEN f.direction = 'down' THEN -f.lower ELSE f.upper END,
            bound: f.bound,
            base_period: f.base_period,
            quote: f.quote
        }) AS stated
    FROM fact_observation AS f
    JOIN document AS d USING (document_id)
    LEFT JOIN changed_since AS c ON c.observation_id = f.observation_id
    WHERE coalesce(c.status, f.status) = 'accepted' AND f.period IS NOT NULL
    GROUP BY ALL
),
ranked AS (
    SELECT * EXCLUDE (stated), list_sort(list_transform(stated, lambda one: {
        unofficial: NOT one.official,
        hedged: one.bound != 'exact',
        width: coalesce(one.upper - one.lower, 1e27::DECIMAL(38, 10)),
        against: CASE WHEN len(stated) > 2 THEN len(list_filter(stated, lambda other:
            other.lower > one.upper OR other.upper < one.lower)) ELSE 0 END,
        alone: CASE WHEN len(stated) > 2 THEN -len(list_filter(stated, lambda other: other.value = one.value)) ELSE 0 END,
        age: DATE '9999-12-31' - one.day,
        document: one.document,
        observation_id: one.observation_id,
        said: one
    })) AS stated
    FROM cell
),
chosen AS (
    SELECT
        * EXCLUDE (stated),
        stated[1] AS best,
        list_filter(stated, lambda one:
            one.said.value != stated[1].said.value OR one.said.bound != stated[1].said.bound)[1] AS rival,
        list_filter(stated, lambda one:
            coalesce(one.said.lower <= stated[1].said.upper, true)
            AND coalesce(one.said.upper >= stated[1].said.lower, true)) AS agreeing,
        len(list_distinct(list_transform(stated, lambda one: one.said.document_id))) AS stating
    FROM ranked
)
SELECT
    c.indicator,
    s.members,
    /* c.members */,
    c.area,
    c.period,
    p.end_date,
    c.measure,
    c.best.said.base_period AS base_period,
    c.best.said.value::DOUBLE AS value,
    c.best.said.lower::DOUBLE AS lower,
    c.best.said.upper::DOUBLE AS upper,
    c.unit,
    c.best.said.bound AS bound,
    len(list_distinct(list_transform(c.agreeing, lambda one: one.said.document_id))) AS documents,
    len(list_distinct(list_transform(c.agreeing, lambda one: one.said.source))) AS sources,
    documents / c.stating AS agreement,
    CASE
        WHEN c.rival IS NULL THEN CASE WHEN c.stating = 1 THEN 'the only one' ELSE 'all state it' END
        WHEN c.best.unofficial != c.rival.unofficial THEN 'official source'
        WHEN c.best.hedged != c.rival.hedged OR c.best.width != c.rival.width THEN 'most precise'
        WHEN c.best.against != c.rival.against OR c.best.alone != c.rival.alone THEN 'most agreed'
        WHEN c.best.age != c.rival.age THEN 'latest'
        ELSE 'first by name'
    END AS chosen_because,
    c.best.said.quote AS quote,
    c.best.said.observation_id AS observation_id,
    c.series_id
FROM chosen AS c
LEFT JOIN dim_series AS s USING (series_id)
LEFT JOIN dim_period AS p ON p.period = c.period;
COMMENT ON MACRO TABLE series_of IS 'What `series`, `series_as_of` and `series_as_loaded` are made of: the best value of each series and period, among the vintages that the public knew on a day, or that this warehouse held at a moment.';

CREATE OR REPLACE VIEW series AS FROM series_of(NULL::DATE, 'infinity'::TIMESTAMPTZ);
COMMENT ON VIEW series IS 'Today''s best value for each indicator, members, area, measure, unit, base and period. Among accepted facts of current vintages it is the one of an official source, then the most precise, the most agreed, the latest. A member column is null for the total; `members = ''''` finds totals of every dimension at once.';
COMMENT ON COLUMN series.indicator IS 'What is counted (dim_indicator).';
COMMENT ON COLUMN series.members IS 'All members as text, "residence=rural, technology=5g"; empty for the total.';
COMMENT ON COLUMN series.area IS 'Place (dim_area).';
COMMENT ON COLUMN series.period IS 'When it holds (dim_period).';
COMMENT ON COLUMN series.end_date IS 'Last day of the period.';
COMMENT ON COLUMN series.measure IS 'level, change, growth_rate or share.';
COMMENT ON COLUMN series.base_period IS 'For a change or growth rate: the period compared with, where stated.';
COMMENT ON COLUMN series.value IS 'Value in the base unit; negative where a change or growth rate goes down. Exact decimals are in fact_observation.';
COMMENT ON COLUMN series.lower IS 'Least value that rounding and hedge allow; null is open.';
COMMENT ON COLUMN series.upper IS 'Greatest value that they allow; null is open.';
COMMENT ON COLUMN series.unit IS 'Base unit (dim_unit).';
COMMENT ON COLUMN series.bound IS 'exact, more_than ("over"), less_than ("nearly"), about.';
COMMENT ON COLUMN series.documents IS 'How many documents state a value that agrees with this one.';
COMMENT ON COLUMN series.sources IS 'How many sources those documents are from (dim_source).';
COMMENT ON COLUMN series.agreement IS 'Share of the documents that state the value which agree with this one: 1 where all do.';
COMMENT ON COLUMN series.chosen_because IS 'Why this value and no other: the only one, all state it, official source, most precise, most agreed, latest, first by name (of the document; so that the order of loading decides nothing).';
COMMENT ON COLUMN series.quote IS 'The number as printed in the document that it was taken from.';
COMMENT ON COLUMN series.observation_id IS 'The fact that it was taken from (fact_observation, provenance).';
COMMENT ON COLUMN series.series_id IS 'The series (dim_series).';

CREATE OR REPLACE MACRO series_as_of(published_by) AS TABLE FROM series_of(published_by::DATE, NULL::TIMESTAMPTZ);
COMMENT ON MACRO TABLE series_as_of IS '`series` as the public could know it on a day: `FROM series_as_of(DATE ''2022-12-31'')`. Facts that are quarantined today are left out.';

CREATE OR REPLACE MACRO series_as_loaded(loaded_by) AS TABLE FROM series_of(NULL::DATE, loaded_by::TIMESTAMPTZ);
COMMENT ON MACRO TABLE series_as_loaded IS '`series` as this warehouse gave it at a moment: `FROM series_as_loaded(TIMESTAMP ''2024-03-01 12:00'')`; what has been quarantined or freed since is taken as it was.';
