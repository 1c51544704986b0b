-- Keys are counted in a table: a transaction that is rolled back gives them back, so the same loads give the same keys.
CREATE TABLE counter (name VARCHAR NOT NULL, next BIGINT NOT NULL);
COMMENT ON TABLE counter IS 'The next surrogate key of each kind; counted on in the transaction that uses it.';
COMMENT ON COLUMN counter.name IS 'Kind of key: load, document, observation.';
COMMENT ON COLUMN counter.next IS 'The next one that is free.';
INSERT INTO counter
SELECT 'load', 1 + coalesce(max(load_id), 0) FROM load
UNION ALL SELECT 'document', 1 + coalesce(max(document_id), 0) FROM dim_document
UNION ALL SELECT 'observation', 1 + coalesce(max(observation_id), 0) FROM fact_observation;
DROP SEQUENCE IF EXISTS load_ids;
DROP SEQUENCE IF EXISTS document_ids;
DROP SEQUENCE IF EXISTS observation_ids;

CREATE TABLE dim_source (
    source VARCHAR NOT NULL PRIMARY KEY,
    folder VARCHAR NOT NULL,
    publisher VARCHAR,
    official BOOLEAN NOT NULL,
    trust DOUBLE NOT NULL CHECK (trust > 0)
);
COMMENT ON TABLE dim_source IS 'Who a document is from, and what the settings say of them; as the settings were at the latest load.';
COMMENT ON COLUMN dim_source.source IS 'The publisher, or the folder above the release date where none is known; the key.';
COMMENT ON COLUMN dim_source.folder IS 'A folder that holds documents of it.';
COMMENT ON COLUMN dim_source.publisher IS 'The publisher (sidecar).';
COMMENT ON COLUMN dim_source.official IS 'Whether it is the source that others quote (`official` in the settings).';
COMMENT ON COLUMN dim_source.trust IS 'How much it is trusted: 1 is the usual (`trust` in the settings).';

ALTER TABLE dim_document ADD COLUMN edition VARCHAR;
-- A column is not null from the start, with a value that the updates below replace: DuckDB alters no updated table.
ALTER TABLE dim_document ADD COLUMN source VARCHAR DEFAULT '';
ALTER TABLE dim_document ADD COLUMN vintage_date DATE DEFAULT 'infinity';
ALTER TABLE dim_document ADD COLUMN vintage_until DATE;
ALTER TABLE dim_document ADD COLUMN loaded_at TIMESTAMPTZ DEFAULT 'infinity';
ALTER TABLE dim_document ADD COLUMN loaded_until TIMESTAMPTZ;
ALTER TABLE dim_document ALTER COLUMN source SET NOT NULL;
ALTER TABLE dim_document ALTER COLUMN vintage_date SET NOT NULL;
ALTER TABLE dim_document ALTER COLUMN loaded_at SET NOT NULL;
ALTER TABLE dim_document ALTER COLUMN source DROP DEFAULT;
ALTER TABLE dim_document ALTER COLUMN vintage_date DROP DEFAULT;
ALTER TABLE dim_document ALTER COLUMN loaded_at DROP DEFAULT;
COMMENT ON COLUMN dim_document.edition IS 'Edition as the publisher counts it: 49, 2021 (sidecar).';
COMMENT ON COLUMN dim_document.source IS 'Who it is from (dim_source).';
COMMENT ON COLUMN dim_document.vintage_date IS 'From when the public could know it: the release date, its last day where only a month or year is given; the day of loading where none is given, or where the bytes changed and the date did not. The same bytes read anew have the date that they had.';
COMMENT ON COLUMN dim_document.vintage_until IS 'The day from which a later vintage took its place; null for the current one.';
COMMENT ON COLUMN dim_document.loaded_at IS 'From when this warehouse held it.';
COMMENT ON COLUMN dim_document.loaded_until IS 'When a later vintage took its place here; null for the current one. A vintage that the gate refused takes nothing''s place.';
UPDATE dim_document SET loaded_at = load.loaded_at FROM load WHERE load.load_id = dim_document.load_id;
UPDATE dim_document SET source = coalesce(
    publisher,
    list_last(list_filter(
        split(split_part(document, '#', 1), '/')[:-2],
        lambda part: NOT regexp_matches(part[:4], '^[0-9]{4}$')
    )),
    ''
);
UPDATE dim_document SET vintage_date = known.day
FROM (
    SELECT document_id, first_value(day) OVER (PARTITION BY document, sha256, published ORDER BY vintage) AS day
    FROM (SELECT *, CASE
        WHEN published IS NULL OR published = lag(published) OVER earlier THEN loaded_at::DATE
        WHEN length(published) = 10 THEN published::DATE
        WHEN length(published) = 7 THEN last_day((published || '-01')::DATE)
        ELSE (published || '-12-31')::DATE
    END AS day
    FROM dim_document
    WINDOW earlier AS (PARTITION BY document ORDER BY vintage))
) AS known
WHERE known.document_id = dim_document.document_id;
UPDATE dim_document SET vintage_until = closed.vintage_until, loaded_until = closed.loaded_until
FROM (
    SELECT own.document_id,
        coalesce(arg_min(later.vintage_date, later.vintage), own.vintage_date) AS vintage_until,
        coalesce(arg_min(later.loaded_at, later.vintage), own.loaded_at) AS loaded_until
    FROM dim_document AS own
    LEFT JOIN dim_document AS later ON later.document = own.document AND later.vintage > own.vintage
        AND (later.refused IS NULL OR own.refused IS NOT NULL)
    WHERE later.document_id IS NOT NULL OR (own.refused IS NOT NULL AND EXISTS (
        FROM dim_document AS let_in
        WHERE let_in.document = own.document AND let_in.vintage < own.vintage AND let_in.refused IS NULL
    ))
    GROUP BY own.document_id, own.vintage_date, own.loaded_at
) AS closed
WHERE closed.document_id = dim_document.document_id;
INSERT INTO dim_source
SELECT source, any_value(document[:length(document) - strpos(reverse(document), '/')]), any_value(publisher), false, 1
FROM dim_document GROUP BY source;

CREATE TABLE dim_series (
    series_id BIGINT NOT NULL PRIMARY KEY,
    series VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    members VARCHAR NOT NULL,
    area VARCHAR,
    measure VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    base_months INTEGER
);
COMMENT ON TABLE dim_series IS 'What one series is about: indicator, members, area, measure, unit, and how far back it compares. It has at most one best value a period.';
COMMENT ON COLUMN dim_series.series_id IS 'Key, made from the columns behind it: the same series has the same key in every warehouse.';
COMMENT ON COLUMN dim_series.series IS 'The same as text, in the manner of an SDMX series key: internet_users.CN.level.person.residence=rural';
COMMENT ON COLUMN dim_series.indicator IS 'What is counted (dim_indicator).';
COMMENT ON COLUMN dim_series.members IS 'All members as text, "residence=rural, technology=5g"; empty for the total. Each dimension is a column too.';
COMMENT ON COLUMN dim_series.area IS 'Place (dim_area).';
COMMENT ON COLUMN dim_series.measure IS 'level, change, growth_rate or share.';
COMMENT ON COLUMN dim_series.unit IS 'Base unit (dim_unit).';
COMMENT ON COLUMN dim_series.base_months IS 'For a change or growth rate: months from the end of the base period to the end of the period, 12 for year on year; null where no base is stated.';
ALTER TABLE fact_observation ADD COLUMN series_id BIGINT;
COMMENT ON COLUMN fact_observation.series_id IS 'The series that it is a value of (dim_series); null where unresolved.';

CREATE TABLE status_event (
    observation_id BIGINT NOT NULL,
    was VARCHAR NOT NULL,
    became VARCHAR NOT NULL,
    noted_at TIMESTAMPTZ NOT NULL,
    load_id BIGINT
);
COMMENT ON TABLE status_event IS 'Facts that were quarantined or freed after they were loaded: a row for every change.';
COMMENT ON COLUMN status_event.observation_id IS 'The fact (fact_observation).';
COMMENT ON COLUMN status_event.was IS 'Its status before.';
COMMENT ON COLUMN status_event.became IS 'Its status from then on.';
COMMENT ON COLUMN status_event.noted_at IS 'When.';
COMMENT ON COLUMN status_event.load_id IS 'The load that spoke for or against it; null where a person decided.';
