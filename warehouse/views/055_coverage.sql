CREATE OR REPLACE VIEW coverage AS
WITH counted AS (
    SELECT
        document_id,
        observation_id,
        status,
        period,
        series_id,
        CASE WHEN status = 'unresolved' THEN unnest(coalesce(string_split(candidates, ', '), [NULL]))
            ELSE indicator END AS indicator
    FROM fact_observation
)
SELECT
    d.source,
    c.indicator,
    count(DISTINCT d.document_id) AS documents,
    count(c.observation_id) FILTER (WHERE c.status != 'unresolved') AS facts,
    count(DISTINCT c.series_id) AS series,
    arg_min(c.period, p.end_date) FILTER (WHERE c.status != 'unresolved') AS first_period,
    arg_max(c.period, p.end_date) FILTER (WHERE c.status != 'unresolved') AS last_period,
    count(*) FILTER (WHERE c.status = 'quarantined') AS quarantined,
    quarantined / nullif(facts, 0) AS share_quarantined,
    count(*) FILTER (WHERE c.status = 'unresolved') AS unresolved
FROM current_document AS d
LEFT JOIN counted AS c USING (document_id)
LEFT JOIN dim_period AS p USING (period)
GROUP BY d.source, c.indicator;
COMMENT ON VIEW coverage IS 'What each source states of each indicator, in the current vintages of its documents. A row without an indicator counts the numbers of the source that nothing claims, and shows a source whose documents hold no numbers.';
COMMENT ON COLUMN coverage.source IS 'Who the documents are from (dim_source).';
COMMENT ON COLUMN coverage.indicator IS 'What is counted (dim_indicator); null for numbers that nothing claims.';
COMMENT ON COLUMN coverage.documents IS 'Documents of the source that state it.';
COMMENT ON COLUMN coverage.facts IS 'Numbers that state it, accepted or quarantined.';
COMMENT ON COLUMN coverage.series IS 'How many series they are values of.';
COMMENT ON COLUMN coverage.first_period IS 'The earliest period stated.';
COMMENT ON COLUMN coverage.last_period IS 'The latest period stated.';
COMMENT ON COLUMN coverage.quarantined IS 'How many of the facts are quarantined.';
COMMENT ON COLUMN coverage.share_quarantined IS 'quarantined / facts; null where there are no facts.';
COMMENT ON COLUMN coverage.unresolved IS 'Numbers that may state it, but may state something else: it is one of their candidates.';
