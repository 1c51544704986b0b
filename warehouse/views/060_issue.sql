CREATE OR REPLACE VIEW issue AS
WITH latest AS (
    SELECT
        issue,
        arg_max(state, rowid) AS state,
        arg_max_null(who, rowid) AS who,
        arg_max_null(reason, rowid) AS reason,
        arg_max(noted_at, rowid) AS since,
        min(load_id) AS first_load
    FROM issue_event
    GROUP BY issue
)
SELECT
    i.* EXCLUDE (load_id, finding),
    coalesce(i.finding, i.issue) AS finding,
    coalesce(latest.state, 'open') AS state,
    latest.since,
    latest.who,
    latest.reason,
    latest.first_load,
    i.load_id AS last_load
FROM fact_issue AS i
LEFT JOIN latest USING (issue);
COMMENT ON VIEW issue IS 'Each finding of the checks with its present state; history is in issue_event.';
COMMENT ON COLUMN issue.finding IS 'Broken comparisons that share numbers have one finding: its first issue. A finding of its own has its own id.';
COMMENT ON COLUMN issue.state IS 'open, accepted, dismissed or closed.';
COMMENT ON COLUMN issue.since IS 'Since when it is in this state.';
COMMENT ON COLUMN issue.who IS 'Who put it there, if a person did.';
COMMENT ON COLUMN issue.reason IS 'Why.';
COMMENT ON COLUMN issue.first_load IS 'The load that found it first.';
COMMENT ON COLUMN issue.last_load IS 'The load that looked at it last.';
