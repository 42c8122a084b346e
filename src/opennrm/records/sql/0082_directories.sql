-- Directories of houses (OpenID Connect) say who comes; they open nothing. An officer binds a member
-- to the word by which a directory knows her; from then on her passphrase opens a session only with
-- that word (decision 0098). Kept is a digest of directory and word.
CREATE TABLE nrm.directory_binding (
    account uuid PRIMARY KEY REFERENCES public.accounts_account (ref),
    directory text NOT NULL CHECK (directory ~ '^[a-z0-9-]{1,32}$'),
    known_as text NOT NULL UNIQUE CHECK (known_as ~ '^[0-9a-f]{64}$'),
    bound_by uuid NOT NULL,
    bound_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE nrm.directory_binding ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.directory_binding FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.directory_binding TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.directory_binding TO opennrm_definer;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
-- As whom a directory must show a person, if any must. Officers come without one, so that a directory
-- that fails shuts no house out for good.
CREATE FUNCTION nrm.comes_as(person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT known_as FROM nrm.directory_binding AS bound
    JOIN public.accounts_account AS account ON account.ref = bound.account
    WHERE bound.account = person AND account.is_active AND NOT account.is_officer
$$;

CREATE FUNCTION nrm.name_known_as(shown text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT account.sign_in_name FROM nrm.directory_binding AS bound
    JOIN public.accounts_account AS account ON account.ref = bound.account
    WHERE bound.known_as = shown AND nrm.comes_as(bound.account) IS NOT NULL
$$;

CREATE FUNCTION nrm.bind_to_directory(person uuid, of_directory text, shown text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_officer();
    PERFORM nrm.require_colleague(person);
    IF (SELECT is_officer FROM public.accounts_account WHERE ref = person) THEN
        PERFORM nrm.refuse('Officers sign in without a directory, so that one that fails shuts nobody out for good.');
    END IF;
    INSERT INTO nrm.directory_binding (account, directory, known_as, bound_by)
    VALUES (person, of_directory, shown, nrm.reader_account())
    ON CONFLICT (account) DO UPDATE SET directory = excluded.directory,
        known_as = excluded.known_as, bound_by = excluded.bound_by, bound_at = now();
    PERFORM nrm.write_journal('directory_bound', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.unbind_from_directory(person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_officer();
    PERFORM nrm.require_colleague(person);
    DELETE FROM nrm.directory_binding WHERE account = person;
    PERFORM nrm.write_journal('directory_unbound', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.bound_to_directories() RETURNS TABLE (account uuid, directory text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT bound.account, bound.directory FROM nrm.directory_binding AS bound
    JOIN public.accounts_account AS person ON person.ref = bound.account
    WHERE person.organisation_id = nrm.reader_organisation() AND nrm.is_officer()
$$;

-- Replaced: with the word of a directory, where one is asked for, and without one where none is.
DROP FUNCTION nrm.open_session(text, bytea, text, interval, interval);
CREATE FUNCTION nrm.open_session(
    name text, proof bytea, token text, lasts interval, idle interval, shown text
) RETURNS TABLE (account uuid, sealed_private bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE person public.accounts_account;
BEGIN
    SELECT known.* INTO person
    FROM nrm.account_secret AS secret
    JOIN public.accounts_account AS known ON known.ref = secret.account
    WHERE lower(known.sign_in_name) = lower(name) AND known.is_active
      AND secret.proof_hash = sha256(proof)
      AND nrm.comes_as(known.ref) IS NOT DISTINCT FROM shown;
    IF person.ref IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO nrm.sign_in (token_hash, account, idle_for, expires_at, factor)
    VALUES (nrm.hash_of(token), person.ref, least(idle, interval '10 hours'),
            now() + least(lasts, interval '10 hours'),
            CASE WHEN nrm.has_factor(person.ref) THEN NULL
                WHEN person.is_invented THEN 'invented' ELSE 'none' END);
    RETURN QUERY SELECT person.ref, secret.sealed_private
        FROM nrm.account_secret AS secret WHERE secret.account = person.ref;
END $$;
REVOKE ALL ON FUNCTION nrm.comes_as(uuid), nrm.name_known_as(text),
    nrm.bind_to_directory(uuid, text, text), nrm.unbind_from_directory(uuid),
    nrm.bound_to_directories(),
    nrm.open_session(text, bytea, text, interval, interval, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.name_known_as(text), nrm.bind_to_directory(uuid, text, text),
    nrm.unbind_from_directory(uuid), nrm.bound_to_directories(),
    nrm.open_session(text, bytea, text, interval, interval, text) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
