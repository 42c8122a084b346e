-- Data sets that others published: kept apart from the copy, added whole, never changed.

CREATE TABLE statistics.external_data_set (
    data_set uuid PRIMARY KEY,
    layout text NOT NULL,
    name text NOT NULL,
    file_name text NOT NULL,
    checksum text NOT NULL UNIQUE,
    rows int NOT NULL CHECK (rows > 0),
    columns text[] NOT NULL,
    notes text[] NOT NULL,
    terms text NOT NULL CHECK (terms <> ''),
    citation text NOT NULL CHECK (citation <> ''),
    imported_at timestamptz NOT NULL
);
CREATE TABLE statistics.external_row (
    data_set uuid NOT NULL REFERENCES statistics.external_data_set (data_set)
        DEFERRABLE INITIALLY DEFERRED,
    row_number int NOT NULL,
    registered_year int,
    sex text NOT NULL,
    age text NOT NULL,
    citizenship text NOT NULL,
    forms text[] NOT NULL,
    scope text NOT NULL,
    source jsonb NOT NULL,
    PRIMARY KEY (data_set, row_number)
);
-- How many rows of a data set share all coarse values: what pages count from.
CREATE TABLE statistics.external_tally (
    data_set uuid NOT NULL REFERENCES statistics.external_data_set (data_set)
        DEFERRABLE INITIALLY DEFERRED,
    registered_year int,
    sex text NOT NULL,
    age text NOT NULL,
    citizenship text NOT NULL,
    forms text[] NOT NULL,
    scope text NOT NULL,
    persons int NOT NULL CHECK (persons > 0)
);
CREATE INDEX external_tally_year ON statistics.external_tally (data_set, registered_year);

REVOKE ALL ON statistics.external_data_set, statistics.external_row, statistics.external_tally
    FROM PUBLIC;
GRANT SELECT, INSERT ON statistics.external_data_set, statistics.external_row,
    statistics.external_tally TO opennrm_statistics;
