ALTER TABLE dim_document ADD COLUMN IF NOT EXISTS refused VARCHAR;
ALTER TABLE dim_document ADD COLUMN IF NOT EXISTS facts_sha256 VARCHAR;
COMMENT ON COLUMN dim_document.refused IS 'Why the gate (--gate) kept its facts out; null where they were let in. It is current only where no vintage was let in.';
COMMENT ON COLUMN dim_document.facts_sha256 IS 'Hash of what its facts state, where they are three or more: the same report under another name has the same.';
