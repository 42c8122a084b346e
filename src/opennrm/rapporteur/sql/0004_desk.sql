-- The release desk: what was asked, every step taken on it, and what was drawn. Added to, never
-- changed; a release comes out only of a request that was drawn, checked, attacked and read.

CREATE TABLE statistics.release_request (
    request uuid PRIMARY KEY,
    catalogue_version text NOT NULL,
    source text NOT NULL,
    source_name text NOT NULL,
    from_year int NOT NULL,
    until_year int NOT NULL CHECK (until_year >= from_year),
    purpose text NOT NULL CHECK (purpose <> ''),
    rule jsonb NOT NULL,
    revises int REFERENCES statistics.release (number),
    reason text NOT NULL CHECK ((reason <> '') = (revises IS NOT NULL)),
    needs_clearance boolean NOT NULL,
    asked_by uuid NOT NULL,
    office uuid NOT NULL,
    asked_at timestamptz NOT NULL
);
CREATE TABLE statistics.release_step (
    request uuid NOT NULL REFERENCES statistics.release_request (request),
    nth int NOT NULL CHECK (nth > 0),
    step text NOT NULL CHECK (step IN (
        'drawn', 'checked', 'attacked', 'refused', 'sent_back', 'published')),
    at timestamptz NOT NULL,
    by uuid,
    says text NOT NULL,
    PRIMARY KEY (request, nth)
);
-- What was drawn for a request, before anybody may see it outside the office.
CREATE TABLE statistics.release_draft (
    request uuid PRIMARY KEY REFERENCES statistics.release_request (request),
    drawn_at timestamptz NOT NULL,
    software_version text NOT NULL,
    checksum text NOT NULL,
    content jsonb NOT NULL,
    basis jsonb NOT NULL
);

ALTER TABLE statistics.release
    ADD COLUMN request uuid UNIQUE REFERENCES statistics.release_request (request),
    ADD COLUMN drawn_at timestamptz,
    ADD COLUMN revises int REFERENCES statistics.release (number),
    ADD COLUMN reason text NOT NULL DEFAULT '',
    ADD COLUMN reading text CHECK (reading IN ('second_person', 'alone')),
    ADD COLUMN read_by uuid;

-- One request may still be open for the same persons and years, no more: two drafts of the same
-- figures would be two answers to one question.
CREATE FUNCTION statistics.is_closed(asked uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM statistics.release_step
        WHERE request = asked AND step IN ('refused', 'sent_back', 'published'))
$$;

CREATE FUNCTION statistics.require_open() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF statistics.is_closed(NEW.request) THEN
        RAISE EXCEPTION 'This request is closed; ask for a new release.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- What the desk promises, kept by the database: no figure without a draft that was attacked, and
-- none that nobody read, unless an office of one person says so.
CREATE FUNCTION statistics.require_desk() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked statistics.release_request;
    draft statistics.release_draft;
    steps text[];
BEGIN
    SELECT * INTO asked FROM statistics.release_request WHERE request = NEW.request;
    SELECT * INTO draft FROM statistics.release_draft WHERE request = NEW.request;
    SELECT coalesce(array_agg(step), '{}') INTO steps
        FROM statistics.release_step WHERE request = NEW.request;
    IF asked.request IS NULL OR draft.request IS NULL
        OR NOT steps @> ARRAY['drawn', 'checked', 'attacked']
        OR steps && ARRAY['refused', 'sent_back', 'published'] THEN
        RAISE EXCEPTION 'A release comes out of a request that was drawn, checked and attacked.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.checksum, NEW.content, NEW.source, NEW.from_year, NEW.until_year)
        IS DISTINCT FROM
        (draft.checksum, draft.content, asked.source, asked.from_year, asked.until_year)
        OR (NEW.revises, NEW.reason) IS DISTINCT FROM (asked.revises, asked.reason) THEN
        RAISE EXCEPTION 'A release is what was drawn and read, and nothing else.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.read_by IS NULL OR NEW.reading IS NULL
        OR (NEW.reading = 'second_person') <> (NEW.read_by <> asked.asked_by)
        OR (NEW.reading = 'alone' AND asked.needs_clearance) THEN
        RAISE EXCEPTION 'A release is read by a second person, or says that its office has none.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER through_the_desk BEFORE INSERT ON statistics.release
    FOR EACH ROW EXECUTE FUNCTION statistics.require_desk();
CREATE TRIGGER still_open BEFORE INSERT ON statistics.release_step
    FOR EACH ROW EXECUTE FUNCTION statistics.require_open();
CREATE TRIGGER still_open BEFORE INSERT ON statistics.release_draft
    FOR EACH ROW EXECUTE FUNCTION statistics.require_open();

-- A question for a hidden cell, and what was answered: the rule and its reason, never the figure.
CREATE TABLE statistics.cell_question (
    question uuid PRIMARY KEY,
    number int NOT NULL REFERENCES statistics.release (number),
    table_name text NOT NULL,
    cell jsonb NOT NULL,
    asked_by uuid NOT NULL,
    office uuid NOT NULL,
    asked_for text NOT NULL CHECK (asked_for <> ''),
    asked_at timestamptz NOT NULL,
    answer text NOT NULL CHECK (answer <> '')
);
CREATE INDEX cell_question_at ON statistics.cell_question (asked_at);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['release_request', 'release_step', 'release_draft',
                                'cell_question'] LOOP
        EXECUTE format('CREATE TRIGGER unchanging BEFORE UPDATE OR DELETE ON statistics.%I FOR EACH ROW EXECUTE FUNCTION statistics.refuse_change()', name);
        EXECUTE format('CREATE TRIGGER whole BEFORE TRUNCATE ON statistics.%I FOR EACH STATEMENT EXECUTE FUNCTION statistics.refuse_change()', name);
        EXECUTE format('REVOKE ALL ON statistics.%I FROM PUBLIC', name);
        EXECUTE format('GRANT SELECT, INSERT ON statistics.%I TO opennrm_statistics', name);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION statistics.is_closed(uuid), statistics.require_open(),
    statistics.require_desk() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION statistics.is_closed(uuid) TO opennrm_statistics;
