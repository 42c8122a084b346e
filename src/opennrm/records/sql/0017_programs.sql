-- Programs: a person lets a program of her organisation work in her name, for one purpose, in the
-- steps and the parts of cases that she names, until a day. What it may not read is hidden from it by
-- the same policies that bind everybody, whatever the code above asks.
CREATE TABLE nrm.program (
    program_ref uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE REFERENCES nrm.sign_in (token_hash),
    account uuid NOT NULL REFERENCES public.accounts_account (ref),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    purpose text NOT NULL,
    steps text[] NOT NULL,
    parts text[] NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    until timestamptz NOT NULL CHECK (until > made_at),
    ended_at timestamptz
);
-- What a program answered before, so that a call repeated with its key does nothing a second time.
CREATE TABLE nrm.program_answer (
    account uuid NOT NULL REFERENCES public.accounts_account (ref),
    key uuid NOT NULL,
    digest bytea NOT NULL,
    reference uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, key)
);
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['program', 'program_answer'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) '
            'WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.%I TO opennrm_definer', name);
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- The program the bound token belongs to: the parts it may read, each with its extract, or nothing
-- for a person at work.
CREATE FUNCTION nrm.reader_parts() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT parts FROM nrm.program
    WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
$$;

CREATE OR REPLACE FUNCTION nrm.has_row(in_case uuid, part text, to_write boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND (part IS NULL OR compartment = part)
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND ((SELECT nrm.reader_parts()) IS NULL
            OR rtrim(compartment, 'S') = ANY ((SELECT nrm.reader_parts())::text[]))
          AND state = 'open' AND closed_at IS NULL AND until > now()
          AND (NOT is_kept OR opens_at <= now())
          AND (mode = 'write' OR NOT to_write)
    )
$$;

CREATE OR REPLACE FUNCTION nrm.search_entries() RETURNS TABLE (case_ref uuid, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE read_rows int;
BEGIN
    IF NOT nrm.factor_is_strong() THEN
        RETURN;
    END IF;
    SELECT count(*) INTO read_rows FROM nrm.search_entry AS entry
    WHERE entry.organisation = (SELECT nrm.reader_organisation());
    PERFORM nrm.write_journal('searched_names', NULL, '{}', read_rows);
    RETURN QUERY SELECT entry.case_ref, entry.sealed FROM nrm.search_entry AS entry
    WHERE entry.organisation = (SELECT nrm.reader_organisation())
      AND EXISTS (
        SELECT 1 FROM nrm.access
        WHERE access.case_ref = entry.case_ref AND access.compartment = entry.compartment
          AND access.organisation = entry.organisation
          AND (access.account IS NULL OR access.account = (SELECT nrm.reader_account()))
          AND access.role = ANY ((SELECT nrm.reader_roles())::text[])
          AND ((SELECT nrm.reader_parts()) IS NULL
            OR rtrim(access.compartment, 'S') = ANY ((SELECT nrm.reader_parts())::text[]))
          AND access.state = 'open' AND access.closed_at IS NULL AND access.until > now());
END $$;

CREATE FUNCTION nrm.let_program_in(
    ref uuid, secret_token text, locked bytea, called text, purpose text, steps text[],
    parts text[], until_at timestamptz
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE owner uuid := nrm.reader_account();
BEGIN
    IF owner IS NULL OR nrm.reader_parts() IS NOT NULL
        OR until_at > now() + interval '93 days' THEN
        RAISE EXCEPTION 'A program is let in by a person at work, for at most three months.'
            USING ERRCODE = 'NR403';
    END IF;
    IF NOT nrm.factor_is_fresh() THEN
        RAISE EXCEPTION 'Show your second factor again first.' USING ERRCODE = 'NR428';
    END IF;
    -- A program opens what the factor opened that its person showed; its own is never fresh.
    INSERT INTO nrm.sign_in (token_hash, account, session_key, idle_for, expires_at, factor)
    VALUES (nrm.hash_of(secret_token), owner, locked, until_at - now(), until_at,
            nrm.reader_factor());
    INSERT INTO nrm.program (program_ref, token_hash, account, name, purpose, steps, parts, until)
    VALUES (ref, nrm.hash_of(secret_token), owner, called, purpose, steps, parts, until_at);
    PERFORM nrm.write_journal('program_let_in', NULL, parts, NULL);
END $$;

CREATE FUNCTION nrm.shut_program_out(ref uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE gone bytea;
BEGIN
    UPDATE nrm.program SET ended_at = now()
    WHERE program_ref = ref AND account = nrm.reader_account() AND ended_at IS NULL
    RETURNING token_hash INTO gone;
    IF gone IS NOT NULL THEN
        UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL WHERE token_hash = gone;
        PERFORM nrm.write_journal('program_shut_out', NULL, '{}', NULL);
    END IF;
END $$;

CREATE FUNCTION nrm.own_programs() RETURNS TABLE (
    program_ref uuid, name text, purpose text, steps text[], parts text[], made_at timestamptz,
    until timestamptz, ended_at timestamptz, seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT program.program_ref, program.name, program.purpose, program.steps, program.parts,
        program.made_at, program.until, program.ended_at, sign_in.seen_at
    FROM nrm.program JOIN nrm.sign_in USING (token_hash)
    WHERE program.account = nrm.reader_account() ORDER BY program.made_at DESC
$$;

CREATE FUNCTION nrm.this_program() RETURNS TABLE (
    program_ref uuid, purpose text, steps text[], parts text[], until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT program_ref, purpose, steps, parts, until FROM nrm.program
    WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
      AND account = nrm.reader_account()
$$;

CREATE FUNCTION nrm.answered_before(call_key uuid) RETURNS TABLE (digest bytea, reference uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT digest, reference FROM nrm.program_answer
    WHERE account = nrm.reader_account() AND key = call_key
$$;

CREATE FUNCTION nrm.keep_answer(call_key uuid, digest bytea, reference uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.program_answer (account, key, digest, reference)
    VALUES (nrm.reader_account(), call_key, digest, reference)
$$;

REVOKE ALL ON FUNCTION nrm.reader_parts(), nrm.shut_program_out(uuid), nrm.own_programs(),
    nrm.this_program(), nrm.answered_before(uuid), nrm.keep_answer(uuid, bytea, uuid),
    nrm.let_program_in(uuid, text, bytea, text, text, text[], text[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.reader_parts(), nrm.shut_program_out(uuid), nrm.own_programs(),
    nrm.this_program(),
    nrm.let_program_in(uuid, text, bytea, text, text, text[], text[], timestamptz)
    TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.answered_before(uuid), nrm.keep_answer(uuid, bytea, uuid)
    TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

CREATE POLICY program ON nrm.access AS RESTRICTIVE FOR SELECT TO opennrm_app USING (
    (SELECT nrm.reader_parts()) IS NULL OR rtrim(compartment, 'S') = ANY ((SELECT nrm.reader_parts())::text[]));

-- Row estimates tell nothing about who works with which program.
ALTER TABLE nrm.program ALTER COLUMN program_ref SET STATISTICS 0,
    ALTER COLUMN token_hash SET STATISTICS 0, ALTER COLUMN account SET STATISTICS 0,
    ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN purpose SET STATISTICS 0,
    ALTER COLUMN steps SET STATISTICS 0, ALTER COLUMN parts SET STATISTICS 0,
    ALTER COLUMN made_at SET STATISTICS 0, ALTER COLUMN until SET STATISTICS 0,
    ALTER COLUMN ended_at SET STATISTICS 0;
ALTER TABLE nrm.program_answer ALTER COLUMN account SET STATISTICS 0,
    ALTER COLUMN key SET STATISTICS 0, ALTER COLUMN digest SET STATISTICS 0,
    ALTER COLUMN reference SET STATISTICS 0, ALTER COLUMN at SET STATISTICS 0;
