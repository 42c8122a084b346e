-- Everything that was ever published, as it was published. No role may change or remove a release.

CREATE TABLE statistics.release (
    number int PRIMARY KEY CHECK (number > 0),
    catalogue_version text NOT NULL,
    source text NOT NULL,
    source_name text NOT NULL,
    from_year int NOT NULL,
    until_year int NOT NULL CHECK (until_year >= from_year),
    purpose text NOT NULL CHECK (purpose <> ''),
    published_by uuid,
    published_at timestamptz NOT NULL,
    software_version text NOT NULL,
    checksum text NOT NULL,
    content jsonb NOT NULL
);
CREATE INDEX release_period ON statistics.release (source, from_year, until_year);

-- The counts a release was drawn from, so that the next one can be compared with them. Not published.
CREATE TABLE statistics.release_basis (
    number int PRIMARY KEY REFERENCES statistics.release (number),
    persons jsonb NOT NULL
);

CREATE FUNCTION statistics.refuse_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'A published release is never changed or removed; publish a new one.'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER unchanging BEFORE UPDATE OR DELETE ON statistics.release
    FOR EACH ROW EXECUTE FUNCTION statistics.refuse_change();
CREATE TRIGGER unchanging BEFORE UPDATE OR DELETE ON statistics.release_basis
    FOR EACH ROW EXECUTE FUNCTION statistics.refuse_change();
CREATE TRIGGER whole BEFORE TRUNCATE ON statistics.release
    FOR EACH STATEMENT EXECUTE FUNCTION statistics.refuse_change();
CREATE TRIGGER whole BEFORE TRUNCATE ON statistics.release_basis
    FOR EACH STATEMENT EXECUTE FUNCTION statistics.refuse_change();

REVOKE ALL ON statistics.release, statistics.release_basis FROM PUBLIC;
REVOKE ALL ON FUNCTION statistics.refuse_change() FROM PUBLIC;
GRANT SELECT, INSERT ON statistics.release, statistics.release_basis TO opennrm_statistics;
