CREATE TABLE IF NOT EXISTS load (
    load_id BIGINT PRIMARY KEY,
    run VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    program VARCHAR NOT NULL,
    catalogue VARCHAR NOT NULL,
    documents BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    unresolved BIGINT NOT NULL
);
COMMENT ON TABLE load IS 'One batch of documents that was loaded in one transaction.';
COMMENT ON COLUMN load.load_id IS 'Surrogate key.';
COMMENT ON COLUMN load.run IS 'The run that the batch belongs to; a run has one load or more.';
COMMENT ON COLUMN load.loaded_at IS 'When the batch was loaded.';
COMMENT ON COLUMN load.program IS 'Version of Bulletin that loaded it.';
COMMENT ON COLUMN load.catalogue IS 'Fingerprint of the catalogue that its numbers were resolved against.';
COMMENT ON COLUMN load.documents IS 'Documents in the batch.';
COMMENT ON COLUMN load.accepted IS 'Facts accepted.';
COMMENT ON COLUMN load.quarantined IS 'Facts quarantined.';
COMMENT ON COLUMN load.unresolved IS 'Numbers that no indicator claims.';
