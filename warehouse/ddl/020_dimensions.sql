CREATE TABLE IF NOT EXISTS dim_document (
    document_id BIGINT PRIMARY KEY,
    document VARCHAR NOT NULL,
    vintage INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    metadata_sha256 VARCHAR NOT NULL,
    publisher VARCHAR,
    title VARCHAR,
    published VARCHAR,
    url VARCHAR,
    language VARCHAR,
    area VARCHAR,
    licence VARCHAR,
    media_type VARCHAR NOT NULL,
    encoding VARCHAR,
    characters BIGINT NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('loaded', 'unreadable')),
    load_id BIGINT NOT NULL,
    UNIQUE (document, vintage)
);
COMMENT ON TABLE dim_document IS 'One vintage of one document: a changed file is a new row, the earlier one stays.';
COMMENT ON COLUMN dim_document.document_id IS 'Surrogate key.';
COMMENT ON COLUMN dim_document.document IS 'What stays the same between vintages: the path of the file, or its id within a collection.';
COMMENT ON COLUMN dim_document.vintage IS '1 for the first content received under this name, then 2, 3, ...';
COMMENT ON COLUMN dim_document.sha256 IS 'Hash of the bytes, by which a document is known.';
COMMENT ON COLUMN dim_document.metadata_sha256 IS 'Hash of what the sidecar says.';
COMMENT ON COLUMN dim_document.publisher IS 'Who published it (sidecar).';
COMMENT ON COLUMN dim_document.title IS 'Title (sidecar).';
COMMENT ON COLUMN dim_document.published IS 'ISO date of release, 2022-02-25 or 2022-02 (sidecar).';
COMMENT ON COLUMN dim_document.url IS 'Where it was published (sidecar).';
COMMENT ON COLUMN dim_document.language IS 'en or zh (sidecar).';
COMMENT ON COLUMN dim_document.area IS 'Area it is about unless it says otherwise (sidecar).';
COMMENT ON COLUMN dim_document.licence IS 'Licence (sidecar).';
COMMENT ON COLUMN dim_document.media_type IS 'Format it was read as.';
COMMENT ON COLUMN dim_document.encoding IS 'Character encoding it was read in.';
COMMENT ON COLUMN dim_document.characters IS 'Length of its text and cells.';
COMMENT ON COLUMN dim_document.status IS 'loaded, or unreadable: then fact_issue says why.';
COMMENT ON COLUMN dim_document.load_id IS 'The load that brought it (load.load_id).';

CREATE TABLE IF NOT EXISTS dim_indicator (
    indicator VARCHAR PRIMARY KEY,
    name_en VARCHAR,
    name_zh VARCHAR,
    definition VARCHAR,
    unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
);
COMMENT ON TABLE dim_indicator IS 'What is counted; written from the catalogue at each load.';
COMMENT ON COLUMN dim_indicator.indicator IS 'Id in the catalogue, the key.';
COMMENT ON COLUMN dim_indicator.name_en IS 'English name.';
COMMENT ON COLUMN dim_indicator.name_zh IS 'Chinese name.';
COMMENT ON COLUMN dim_indicator.definition IS 'What exactly it is.';
COMMENT ON COLUMN dim_indicator.unit IS 'Unit of its levels (dim_unit.unit).';
COMMENT ON COLUMN dim_indicator.kind IS 'stock (holds at a date), flow (adds up over a span) or rate (of the period that is named).';

CREATE TABLE IF NOT EXISTS dim_member (
    dimension VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    name_en VARCHAR,
    name_zh VARCHAR,
    within VARCHAR,
    PRIMARY KEY (dimension, member)
);
COMMENT ON TABLE dim_member IS 'Members of the dimensions that narrow an indicator; each dimension is a column of fact_observation.';
COMMENT ON COLUMN dim_member.dimension IS 'Dimension, the name of a column in fact_observation and series.';
COMMENT ON COLUMN dim_member.member IS 'Member, a value of that column.';
COMMENT ON COLUMN dim_member.name_en IS 'English name.';
COMMENT ON COLUMN dim_member.name_zh IS 'Chinese name.';
COMMENT ON COLUMN dim_member.within IS 'The wider member that holds it.';

CREATE TABLE IF NOT EXISTS dim_area (
    area VARCHAR PRIMARY KEY,
    name_en VARCHAR,
    name_zh VARCHAR
);
COMMENT ON TABLE dim_area IS 'Places: ISO 3166 alpha-2 of a country, WORLD, or an English name.';
COMMENT ON COLUMN dim_area.area IS 'Code, the key.';
COMMENT ON COLUMN dim_area.name_en IS 'English name.';
COMMENT ON COLUMN dim_area.name_zh IS 'Chinese name.';

CREATE TABLE IF NOT EXISTS dim_period (
    period VARCHAR PRIMARY KEY,
    start_date DATE NOT NULL,
    end_date DATE NOT NULL,
    frequency VARCHAR NOT NULL
);
COMMENT ON TABLE dim_period IS 'Periods that facts are about or compared with.';
COMMENT ON COLUMN dim_period.period IS '2021-12 a month (its end, for a stock), 2021 a year, 2022-H1, 2022-Q1, 2020-01/2020-05 a span; the key.';
COMMENT ON COLUMN dim_period.start_date IS 'First day.';
COMMENT ON COLUMN dim_period.end_date IS 'Last day.';
COMMENT ON COLUMN dim_period.frequency IS 'SDMX FREQ: A year, S half, Q quarter, M month; X for another span.';

CREATE TABLE IF NOT EXISTS dim_unit (
    unit VARCHAR PRIMARY KEY,
    name_en VARCHAR,
    name_zh VARCHAR
);
COMMENT ON TABLE dim_unit IS 'Base units; values are stored in them (1.032 billion persons is 1032000000).';
COMMENT ON COLUMN dim_unit.unit IS 'Id in the catalogue, the key.';
COMMENT ON COLUMN dim_unit.name_en IS 'English name.';
COMMENT ON COLUMN dim_unit.name_zh IS 'Chinese name.';
