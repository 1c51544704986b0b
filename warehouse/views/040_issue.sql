CREATE OR REPLACE VIEW issue AS
WITH latest AS (
    SELECT
        issue,
        arg_max(state, rowid) AS state,
        arg_max(who, rowid) AS who,
        arg_max(reason, rowid) AS reason,
        max(noted_at) AS since,
        min(load_id) AS first_load
    FROM issue_event
    GROUP BY issue
)
SELECT
    i.* EXCLUDE (load_id),
    coalesce(latest.state, 'open') AS state,
    latest.since,
    latest.who,
    latest.reason,
    latest.first_load,
    i.load_id AS last_load
FROM fact_issue AS i
LEFT JOIN latest USING (issue);
COMMENT ON VIEW issue IS 'Each finding of the checks with its present state; history is in issue_event.';
COMMENT ON COLUMN issue.state IS 'open, accepted, dismissed or closed.';
COMMENT ON COLUMN issue.since IS 'Since when it is in this state.';
COMMENT ON COLUMN issue.who IS 'Who put it there, if a person did.';
COMMENT ON COLUMN issue.reason IS 'Why.';
COMMENT ON COLUMN issue.first_load IS 'The load that found it first.';
COMMENT ON COLUMN issue.last_load IS 'The load that looked at it last.';
