CREATE TABLE consent_records (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    -- A random number of the ledger's, by which a record that is delivered twice is there once.
    entry TEXT NOT NULL UNIQUE,
    -- Seconds since the epoch.
    decided_at INTEGER NOT NULL,
    keep_until INTEGER NOT NULL,
    -- JSON, to the byte as it was recorded.
    record TEXT NOT NULL
);

CREATE INDEX consent_records_keep_until ON consent_records (keep_until);

CREATE TRIGGER consent_records_are_not_changed BEFORE UPDATE ON consent_records
BEGIN
    SELECT RAISE(ABORT, 'a record of consent is never changed');
END;

CREATE TRIGGER consent_records_are_kept BEFORE DELETE ON consent_records
WHEN OLD.keep_until > unixepoch()
BEGIN
    SELECT RAISE(ABORT, 'a record of consent is not deleted before its retention ends');
END;

-- INSERT OR REPLACE deletes what it replaces, and no trigger hears of that.
CREATE TRIGGER consent_records_are_not_replaced BEFORE INSERT ON consent_records
WHEN EXISTS (SELECT 1 FROM consent_records WHERE entry = NEW.entry OR position = NEW.position)
BEGIN
    SELECT RAISE(IGNORE);
END;
