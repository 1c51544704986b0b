CREATE OR REPLACE VIEW current_document AS
SELECT * FROM dim_document WHERE loaded_until IS NULL;
COMMENT ON VIEW current_document IS 'The latest vintage of each document, of those that the gate let in if there is one.';
