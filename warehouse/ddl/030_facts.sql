CREATE TABLE IF NOT EXISTS fact_observation (
    observation_id BIGINT NOT NULL,
    document_id BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('accepted', 'quarantined', 'unresolved')),
    indicator VARCHAR,
    area VARCHAR,
    period VARCHAR,
    base_period VARCHAR,
    measure VARCHAR NOT NULL CHECK (measure IN ('level', 'change', 'growth_rate', 'share')),
    direction VARCHAR CHECK (direction IN ('up', 'down')),
    bound VARCHAR NOT NULL CHECK (bound IN ('exact', 'more_than', 'less_than', 'about')),
    unit VARCHAR,
    value DECIMAL(38, 10) NOT NULL,
    lower DECIMAL(38, 10),
    upper DECIMAL(38, 10),
    decimals INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    address VARCHAR,
    prefix VARCHAR NOT NULL,
    suffix VARCHAR NOT NULL,
    reason VARCHAR,
    candidates VARCHAR,
    CHECK (status = 'unresolved' OR indicator IS NOT NULL)
);
COMMENT ON TABLE fact_observation IS 'One row for each number stated in a document, with what it states, how sure that is, and the words that state it.';
COMMENT ON COLUMN fact_observation.observation_id IS 'Surrogate key.';
COMMENT ON COLUMN fact_observation.document_id IS 'The vintage of the document that states it (dim_document).';
COMMENT ON COLUMN fact_observation.load_id IS 'The load that brought it (load).';
COMMENT ON COLUMN fact_observation.position IS 'Place in reading order within the document, from 0.';
COMMENT ON COLUMN fact_observation.status IS 'accepted; quarantined (it breaks a contract or a rule: see fact_issue); unresolved (no indicator claims it: see reason).';
COMMENT ON COLUMN fact_observation.indicator IS 'What is counted (dim_indicator); null where unresolved.';
COMMENT ON COLUMN fact_observation.area IS 'Place it is about (dim_area). SDMX REF_AREA.';
COMMENT ON COLUMN fact_observation.period IS 'When it holds (dim_period). SDMX TIME_PERIOD.';
COMMENT ON COLUMN fact_observation.base_period IS 'For a change or growth rate: the period compared with, where stated.';
COMMENT ON COLUMN fact_observation.measure IS 'level, change (absolute difference), growth_rate (percent), share (percent of a whole).';
COMMENT ON COLUMN fact_observation.direction IS 'up or down, for change and growth_rate; the value itself is never negative.';
COMMENT ON COLUMN fact_observation.bound IS 'exact, more_than ("over"), less_than ("nearly"), about.';
COMMENT ON COLUMN fact_observation.unit IS 'Base unit of value, lower and upper (dim_unit). SDMX UNIT_MEASURE.';
COMMENT ON COLUMN fact_observation.value IS 'The number in its base unit, exact. SDMX OBS_VALUE.';
COMMENT ON COLUMN fact_observation.lower IS 'Least value that the printed rounding and hedge allow; null is open.';
COMMENT ON COLUMN fact_observation.upper IS 'Greatest value that they allow; null is open.';
COMMENT ON COLUMN fact_observation.decimals IS 'Decimals as printed: 3 for 1.032 billion. SDMX DECIMALS.';
COMMENT ON COLUMN fact_observation.quote IS 'Number and unit as printed (W3C TextQuoteSelector exact).';
COMMENT ON COLUMN fact_observation."start" IS 'First character of the quote in the text as read, or in the cell (TextPositionSelector).';
COMMENT ON COLUMN fact_observation."end" IS 'Character behind the quote.';
COMMENT ON COLUMN fact_observation.address IS 'Where a person finds it: sheet and cell, or table, row and column; in prose the page or element, null where the format has only lines.';
COMMENT ON COLUMN fact_observation.prefix IS 'The sentence before the quote, or the headers of the cell.';
COMMENT ON COLUMN fact_observation.suffix IS 'The sentence behind the quote.';
COMMENT ON COLUMN fact_observation.reason IS 'Why it is unresolved.';
COMMENT ON COLUMN fact_observation.candidates IS 'Indicators that may have claimed it, comma-separated.';

CREATE TABLE IF NOT EXISTS fact_issue (
    issue VARCHAR NOT NULL,
    load_id BIGINT NOT NULL,
    document_id BIGINT NOT NULL,
    rule VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    message VARCHAR NOT NULL,
    observation_ids BIGINT[] NOT NULL
);
COMMENT ON TABLE fact_issue IS 'What the checks found: one row a finding.';
COMMENT ON COLUMN fact_issue.issue IS 'Id, the same for the same finding in the same document from run to run.';
COMMENT ON COLUMN fact_issue.load_id IS 'The load in which it was found.';
COMMENT ON COLUMN fact_issue.document_id IS 'The document (dim_document).';
COMMENT ON COLUMN fact_issue.rule IS 'Rule that found it; unreadable and contract are findings of the stages before the rules.';
COMMENT ON COLUMN fact_issue.severity IS 'error (its facts are quarantined), warning or info.';
COMMENT ON COLUMN fact_issue.message IS 'What does not add up, in one sentence.';
COMMENT ON COLUMN fact_issue.observation_ids IS 'The facts involved (fact_observation.observation_id).';

CREATE TABLE IF NOT EXISTS fact_check (
    load_id BIGINT NOT NULL,
    rule VARCHAR NOT NULL,
    passed BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    not_evaluable BIGINT NOT NULL
);
COMMENT ON TABLE fact_check IS 'How the comparisons of each rule came out in each load.';
COMMENT ON COLUMN fact_check.load_id IS 'The load (load).';
COMMENT ON COLUMN fact_check.rule IS 'The rule.';
COMMENT ON COLUMN fact_check.passed IS 'Comparisons that held.';
COMMENT ON COLUMN fact_check.failed IS 'Comparisons that did not; each is a row of fact_issue.';
COMMENT ON COLUMN fact_check.not_evaluable IS 'Comparisons that an open interval left undecided.';
