CREATE OR REPLACE VIEW provenance AS
SELECT
    f.observation_id,
    f.series_id,
    f.indicator,
    f.area,
    f.period,
    f.measure,
    f.status,
    f.value,
    f.unit,
    f.prefix || f.quote || f.suffix AS sentence,
    f.quote,
    f."start",
    f."end",
    f.address,
    d.document,
    d.vintage,
    d.loaded_until IS NULL AS current,
    d.source,
    d.publisher,
    d.title,
    d.published,
    d.url
FROM fact_observation AS f
JOIN dim_document AS d USING (document_id);
COMMENT ON VIEW provenance IS 'Each stated number with its sentence and its document, whatever its status and vintage. `series_id` and `period` find all quotes of a value of `series`.';
COMMENT ON COLUMN provenance.sentence IS 'The sentence or headers around the quote, with the quote.';
COMMENT ON COLUMN provenance.current IS 'Whether no later vintage has taken the document''s place.';
