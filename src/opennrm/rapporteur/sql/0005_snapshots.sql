-- The statistics copy as it was counted, in Parquet: numbered, with a checksum. Only the newest has
-- its rows; an earlier one is emptied, and its number and checksum stay with what was counted on it.
CREATE TABLE statistics.snapshot (
    number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    taken_at timestamptz NOT NULL,
    checksum text NOT NULL CHECK (checksum ~ '^[0-9a-f]{64}$'),
    rows int NOT NULL CHECK (rows >= 0),
    content bytea
);

CREATE FUNCTION statistics.only_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.content IS NULL
        AND (NEW.number, NEW.taken_at, NEW.checksum, NEW.rows)
            = (OLD.number, OLD.taken_at, OLD.checksum, OLD.rows) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A snapshot is emptied, and nothing else about it is changed.'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER only_emptied BEFORE UPDATE OR DELETE ON statistics.snapshot
    FOR EACH ROW EXECUTE FUNCTION statistics.only_emptied();
CREATE TRIGGER whole BEFORE TRUNCATE ON statistics.snapshot
    FOR EACH STATEMENT EXECUTE FUNCTION statistics.refuse_change();
REVOKE ALL ON statistics.snapshot FROM PUBLIC;
REVOKE ALL ON FUNCTION statistics.only_emptied() FROM PUBLIC;
GRANT SELECT, INSERT ON statistics.snapshot TO opennrm_statistics;
GRANT UPDATE (content) ON statistics.snapshot TO opennrm_statistics;
