ALTER TABLE fact_observation ADD COLUMN IF NOT EXISTS correction VARCHAR;
COMMENT ON COLUMN fact_observation.correction IS 'The correction (schemas/catalogue/corrections) that its value is from; the quote is what was printed.';

ALTER TABLE fact_issue ADD COLUMN IF NOT EXISTS outcome VARCHAR DEFAULT 'fail';
ALTER TABLE fact_issue ADD COLUMN IF NOT EXISTS finding VARCHAR;
ALTER TABLE fact_issue ADD COLUMN IF NOT EXISTS suspect_ids BIGINT[][];
ALTER TABLE fact_issue ADD COLUMN IF NOT EXISTS certain BOOLEAN DEFAULT true;
ALTER TABLE fact_issue ADD COLUMN IF NOT EXISTS repairs
    STRUCT(observation_id BIGINT, "value" DECIMAL(38, 10), kind VARCHAR, words VARCHAR, mends INTEGER)[];
COMMENT ON COLUMN fact_issue.outcome IS 'fail; restated (a later release gives another value); different_definition (two publishers never agree, in one direction).';
COMMENT ON COLUMN fact_issue.finding IS 'Broken comparisons that share numbers have one finding: its first issue. A finding of its own has its own id.';
COMMENT ON COLUMN fact_issue.suspect_ids IS 'Each lightest set of facts that would have to be wrong to explain the finding; several sets are a tie.';
COMMENT ON COLUMN fact_issue.certain IS 'Whether no lighter set can exist; too many linked numbers leave that open.';
COMMENT ON COLUMN fact_issue.repairs IS 'Of the finding, likeliest first: single slips that would mend all that a suspected fact breaks. Never applied.';

CREATE TABLE IF NOT EXISTS issue_event (
    issue VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed', 'closed')),
    noted_at TIMESTAMPTZ NOT NULL,
    load_id BIGINT,
    who VARCHAR,
    reason VARCHAR
);
COMMENT ON TABLE issue_event IS 'What became of each issue: a row for every change of its state; the last one holds.';
COMMENT ON COLUMN issue_event.issue IS 'The issue (fact_issue.issue).';
COMMENT ON COLUMN issue_event.state IS 'open; accepted (a correction was written); dismissed (a person says that it is none); closed (it is not found any more).';
COMMENT ON COLUMN issue_event.noted_at IS 'When.';
COMMENT ON COLUMN issue_event.load_id IS 'The load that found or closed it; null where a person decided.';
COMMENT ON COLUMN issue_event.who IS 'The person who decided.';
COMMENT ON COLUMN issue_event.reason IS 'Why.';
