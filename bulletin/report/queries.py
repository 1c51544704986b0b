"""What the report asks the warehouse. Each query takes the ids of the documents in scope, unless it says otherwise."""

_SCOPE = "scope AS (SELECT unnest(?::BIGINT[]) AS document_id)"

CURRENT = "SELECT document_id FROM current_document"
"""Takes nothing."""

DOCUMENTS = f"""
    WITH {_SCOPE}
    SELECT d.*,
        count(*) FILTER (WHERE f.status = 'accepted') AS accepted,
        count(*) FILTER (WHERE f.status = 'quarantined') AS quarantined,
        count(*) FILTER (WHERE f.status = 'unresolved') AS unresolved
    FROM dim_document AS d JOIN scope USING (document_id) LEFT JOIN fact_observation AS f USING (document_id)
    GROUP BY ALL ORDER BY d.document
"""

ISSUES = f"""
    WITH {_SCOPE},
    numbers AS (SELECT finding, unnest(observation_ids) AS observation_id FROM issue WHERE state != 'closed'),
    involved AS (
        SELECT finding FROM issue SEMI JOIN scope USING (document_id)
        UNION
        SELECT finding FROM numbers JOIN fact_observation USING (observation_id) SEMI JOIN scope USING (document_id)
    )
    SELECT i.*, d.document, d.title, d.publisher, d.published, d.url, d.language
    FROM issue AS i SEMI JOIN involved USING (finding) LEFT JOIN dim_document AS d USING (document_id)
    WHERE i.state != 'closed' ORDER BY i.finding, i.issue
"""
"""Every comparison of the findings in which a document of the scope takes part."""

OBSERVATIONS = """
    SELECT f.*, n.name_en, n.name_zh, u.name_en AS unit_en, u.name_zh AS unit_zh, a.name_en AS area_en,
        a.name_zh AS area_zh, p.end_date, d.document, d.vintage,
        d.document_id NOT IN (SELECT document_id FROM current_document) AS superseded,
        d.title, d.publisher, d.published, d.url, d.language
    FROM fact_observation AS f
    JOIN (SELECT DISTINCT unnest(?::BIGINT[]) AS observation_id) AS wanted USING (observation_id)
    JOIN dim_document AS d USING (document_id)
    LEFT JOIN dim_indicator AS n USING (indicator)
    LEFT JOIN dim_unit AS u ON u.unit = f.unit
    LEFT JOIN dim_area AS a ON a.area = f.area
    LEFT JOIN dim_period AS p ON p.period = f.period
    ORDER BY d.document, f.position
"""
"""Takes ids of observations."""

DIMENSIONS = "SELECT column_name AS name FROM duckdb_columns() WHERE table_name = 'series' ORDER BY column_index"
"""Takes nothing: the columns of `series`; those between `members` and `area` are the dimensions."""

MEMBERS = "SELECT dimension, member, name_en, name_zh FROM dim_member"
"""Takes nothing."""

SERIES = """
    SELECT indicator, members, area, period, end_date, value, observation_id FROM series
    WHERE measure = 'level' AND list_contains(?::VARCHAR[], indicator) AND list_contains(?::VARCHAR[], area)
        AND end_date IS NOT NULL
    ORDER BY end_date, period
"""
"""Takes ids of indicators and areas: as lists, which DuckDB looks into before it puts series together."""

CHECKS = f"""
    WITH {_SCOPE}, loads AS (SELECT DISTINCT load_id FROM dim_document SEMI JOIN scope USING (document_id))
    SELECT rule, sum(passed)::BIGINT AS passed, sum(not_evaluable)::BIGINT AS not_evaluable
    FROM fact_check SEMI JOIN loads USING (load_id) GROUP BY rule ORDER BY rule
"""
"""What does not hold is counted from the open issues: a comparison that failed twice is one, a mended one none."""

COVERAGE = f"""
    WITH {_SCOPE}
    SELECT f.indicator, any_value(n.name_en) AS name_en, any_value(n.name_zh) AS name_zh, year(p.end_date) AS year,
        count(*) FILTER (WHERE f.status = 'accepted') AS accepted,
        count(*) FILTER (WHERE f.status = 'quarantined') AS quarantined,
        list_sort(list(DISTINCT f.period)) AS periods
    FROM fact_observation AS f SEMI JOIN scope USING (document_id)
    JOIN dim_period AS p USING (period) LEFT JOIN dim_indicator AS n USING (indicator)
    WHERE f.status != 'unresolved' AND f.indicator IS NOT NULL
    GROUP BY f.indicator, year(p.end_date)
"""

RUNS = """
    WITH turned AS (
        SELECT e.load_id, i.finding, e.state FROM issue_event AS e JOIN fact_issue AS i USING (issue)
        WHERE i.severity != 'info' AND e.load_id IS NOT NULL
    ),
    loads AS (
        SELECT run, min(load_id) AS first_load, max(loaded_at) AS loaded_at, sum(documents)::BIGINT AS documents,
            sum(accepted)::BIGINT AS accepted, sum(quarantined)::BIGINT AS quarantined,
            sum(unresolved)::BIGINT AS unresolved
        FROM load GROUP BY run
    )
    SELECT loads.*,
        count(DISTINCT finding) FILTER (WHERE state = 'open') AS opened,
        count(DISTINCT finding) FILTER (WHERE state = 'closed') AS closed
    FROM loads JOIN load ON load.run = loads.run LEFT JOIN turned ON turned.load_id = load.load_id
    GROUP BY ALL ORDER BY first_load DESC LIMIT 24
"""
"""Takes nothing: the last runs, newest first."""

UNRESOLVED = f"""
    WITH {_SCOPE}
    SELECT f.*, d.document, d.title, d.publisher, d.published, d.url, d.language,
        count(*) OVER (PARTITION BY reason) AS alike
    FROM fact_observation AS f SEMI JOIN scope USING (document_id) JOIN dim_document AS d USING (document_id)
    WHERE f.status = 'unresolved' ORDER BY alike DESC, f.reason, d.document, f.position LIMIT ?
"""
"""Takes how many, too."""

REASONS = f"""
    WITH {_SCOPE}
    SELECT reason, count(*) AS count FROM fact_observation SEMI JOIN scope USING (document_id)
    WHERE status = 'unresolved' GROUP BY reason ORDER BY count DESC, reason
"""

CORRECTED = f"""
    WITH {_SCOPE}
    SELECT observation_id FROM fact_observation SEMI JOIN scope USING (document_id) WHERE correction IS NOT NULL
    ORDER BY observation_id
"""
