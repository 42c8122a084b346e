-- Referrals that come as signed files: the keys that may sign them, and which were taken.
CREATE TABLE nrm.file_signer (
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    key_id text NOT NULL CHECK (length(key_id) = 43),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    x text NOT NULL CHECK (length(x) = 43),
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    PRIMARY KEY (organisation, key_id)
);
CREATE TABLE nrm.file_taken (
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    file_ref uuid NOT NULL,
    digest bytea NOT NULL,
    reference uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation, file_ref)
);
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['file_signer', 'file_taken'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) '
            'WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON nrm.%I TO opennrm_definer', name);
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.add_file_key(new_id text, called text, public_part text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    IF (SELECT count(*) FROM nrm.file_signer WHERE organisation = house AND ended_at IS NULL) >= 5
        OR EXISTS (SELECT 1 FROM nrm.file_signer WHERE organisation = house AND key_id = new_id) THEN
        PERFORM nrm.refuse('This key was registered before, or five are in use. End one first.');
    END IF;
    INSERT INTO nrm.file_signer (organisation, key_id, name, x, made_by)
    VALUES (house, new_id, called, public_part, nrm.reader_account());
    PERFORM nrm.write_journal('file_key_added', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.end_file_key(of_key text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    UPDATE nrm.file_signer SET ended_at = now()
    WHERE organisation = house AND key_id = of_key AND ended_at IS NULL;
    PERFORM nrm.write_journal('file_key_ended', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.own_file_keys() RETURNS TABLE (key_id text, name text, made_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT key_id, name, made_at FROM nrm.file_signer
    WHERE organisation = nrm.reader_organisation() AND nrm.is_officer() AND ended_at IS NULL
    ORDER BY made_at DESC
$$;
CREATE FUNCTION nrm.file_key(of_key text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT max(x) FROM nrm.file_signer
    WHERE organisation = nrm.reader_organisation() AND key_id = of_key AND ended_at IS NULL
$$;
CREATE FUNCTION nrm.file_before(of_file uuid) RETURNS TABLE (digest bytea, reference uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT digest, reference FROM nrm.file_taken
    WHERE organisation = nrm.reader_organisation() AND file_ref = of_file
$$;
CREATE FUNCTION nrm.keep_file_taken(of_file uuid, content bytea, in_case uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.just_started(in_case) THEN
        RAISE EXCEPTION 'A file notes the case it has just made.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.file_taken (organisation, file_ref, digest, reference)
    VALUES (nrm.reader_organisation(), of_file, content, in_case);
END $$;
REVOKE ALL ON FUNCTION nrm.add_file_key(text, text, text), nrm.end_file_key(text),
    nrm.own_file_keys(), nrm.file_key(text), nrm.file_before(uuid),
    nrm.keep_file_taken(uuid, bytea, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.add_file_key(text, text, text), nrm.end_file_key(text),
    nrm.own_file_keys(), nrm.file_key(text) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.file_before(uuid), nrm.keep_file_taken(uuid, bytea, uuid)
    TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
