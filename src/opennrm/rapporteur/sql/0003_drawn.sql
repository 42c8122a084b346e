-- Tables drawn for the Rapporteur's page, as they were first shown, with the counts they came from:
-- shown again they are the same, so that two looks cannot be compared to find one person.
CREATE TABLE statistics.drawn_set (
    subject text NOT NULL CHECK (subject ~ '^[a-z_]{1,32}$'),
    year int NOT NULL,
    number int NOT NULL CHECK (number > 0),
    drawn_at timestamptz NOT NULL,
    software_version text NOT NULL,
    content jsonb NOT NULL,
    basis jsonb NOT NULL,
    PRIMARY KEY (subject, year, number)
);
CREATE TRIGGER unchanging BEFORE UPDATE OR DELETE ON statistics.drawn_set
    FOR EACH ROW EXECUTE FUNCTION statistics.refuse_change();
CREATE TRIGGER whole BEFORE TRUNCATE ON statistics.drawn_set
    FOR EACH STATEMENT EXECUTE FUNCTION statistics.refuse_change();
REVOKE ALL ON statistics.drawn_set FROM PUBLIC;
GRANT SELECT, INSERT ON statistics.drawn_set TO opennrm_statistics;
