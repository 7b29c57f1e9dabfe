CREATE TABLE consent_records (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- A random number of the ledger's, by which a record that is delivered twice is there once.
    entry TEXT NOT NULL UNIQUE,
    -- Seconds since the epoch.
    decided_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    -- JSON, to the byte as it was recorded.
    record TEXT NOT NULL
);

CREATE INDEX consent_records_keep_until ON consent_records (keep_until);

CREATE FUNCTION consent_records_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.keep_until <= extract(epoch FROM now()) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a record of consent is never changed, nor deleted before its retention ends'
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consent_records_are_kept BEFORE UPDATE OR DELETE ON consent_records
    FOR EACH ROW EXECUTE FUNCTION consent_records_are_kept();

CREATE TRIGGER consent_records_are_not_emptied BEFORE TRUNCATE ON consent_records
    FOR EACH STATEMENT EXECUTE FUNCTION consent_records_are_kept();
