-- What somebody has begun to write and not sent yet. The content is locked under a key derived from
-- the writer's own, which the database never sees; nobody else can list, read or drop a draft.
-- Once it was sent, what is kept is the receipt, so that a line that breaks before the answer
-- arrives leads to the same answer and to nothing a second time.
CREATE TABLE nrm.draft (
    account uuid NOT NULL REFERENCES public.accounts_account (ref),
    draft_ref uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 600000),
    saved_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    PRIMARY KEY (account, draft_ref)
);
ALTER TABLE nrm.draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.draft FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.draft TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.draft TO opennrm_definer;

-- Answers with the new version, or with nothing where another window has saved since, where the
-- draft was sent, or where there are too many.
CREATE FUNCTION nrm.keep_draft(which uuid, seen int, written bytea) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE mine uuid := nrm.reader_account(); kept int;
BEGIN
    DELETE FROM nrm.draft WHERE account = mine AND saved_at < now() - interval '30 days';
    IF seen = 0 THEN
        INSERT INTO nrm.draft (account, draft_ref, version, content)
        SELECT mine, which, 1, written
        WHERE (SELECT count(*) FROM nrm.draft WHERE account = mine) < 200
        ON CONFLICT DO NOTHING RETURNING version INTO kept;
    ELSE
        UPDATE nrm.draft SET version = version + 1, content = written, saved_at = now()
        WHERE account = mine AND draft_ref = which AND version = seen AND sent_at IS NULL
        RETURNING version INTO kept;
    END IF;
    RETURN kept;
END $$;

CREATE FUNCTION nrm.draft_sent(which uuid, receipt bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.draft (account, draft_ref, version, content, sent_at)
    VALUES (nrm.reader_account(), which, 1, receipt, now())
    ON CONFLICT (account, draft_ref) DO UPDATE
        SET content = excluded.content, version = nrm.draft.version + 1, sent_at = now(),
            saved_at = now()
$$;

CREATE FUNCTION nrm.own_drafts()
RETURNS TABLE (draft_ref uuid, version int, content bytea, saved_at timestamptz,
    sent_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT draft_ref, version, content, saved_at, sent_at FROM nrm.draft
    WHERE account = nrm.reader_account() AND saved_at > now() - interval '30 days'
    ORDER BY saved_at DESC
$$;

CREATE FUNCTION nrm.drop_draft(which uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    DELETE FROM nrm.draft
    WHERE account = nrm.reader_account() AND draft_ref = which AND sent_at IS NULL
$$;

-- The receipt is kept by the recorder, in the transaction in which the draft takes effect.
DO $$
DECLARE entry text[];
BEGIN
    GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
    FOREACH entry SLICE 1 IN ARRAY ARRAY[
        ['nrm.keep_draft(uuid, int, bytea)', 'opennrm_app'],
        ['nrm.own_drafts()', 'opennrm_app'], ['nrm.drop_draft(uuid)', 'opennrm_app'],
        ['nrm.draft_sent(uuid, bytea)', 'opennrm_recorder']] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', entry[1]);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', entry[1], entry[2]);
        EXECUTE format('ALTER FUNCTION %s OWNER TO opennrm_definer', entry[1]);
    END LOOP;
    REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
END $$;

-- Row estimates tell nothing about who writes, when or how much.
ALTER TABLE nrm.draft ALTER COLUMN account SET STATISTICS 0,
    ALTER COLUMN draft_ref SET STATISTICS 0, ALTER COLUMN content SET STATISTICS 0,
    ALTER COLUMN saved_at SET STATISTICS 0, ALTER COLUMN sent_at SET STATISTICS 0;
