-- Second factors. A passphrase opens the keys; a session is of use only once a factor stands beside
-- it, and what is known of identity and whereabouts opens with a passkey or security key only.
-- How strong a session is, stands in its own row, which the pages can raise only to a kind of
-- factor that the account has enrolled.
ALTER TABLE nrm.sign_in
    ADD COLUMN factor text DEFAULT 'none'
        CHECK (factor IN ('none', 'app_code', 'recovery_code', 'passkey', 'invented', 'calendar')),
    ADD COLUMN factor_at timestamptz,
    ALTER COLUMN factor_at SET STATISTICS 0;

GRANT SELECT ON public.mfa_authenticator TO opennrm_definer;
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- The account of a live session, also one that still waits for its factor.
CREATE FUNCTION nrm.factor_account() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT sign_in.account
    FROM nrm.sign_in JOIN public.accounts_account AS account ON account.ref = sign_in.account
    WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
      AND ended_at IS NULL AND expires_at > now() AND seen_at + idle_for > now()
      AND account.is_active
$$;

CREATE FUNCTION nrm.bind_waiting(token text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM set_config('opennrm.token', token, true);
    IF nrm.factor_account() IS NULL THEN
        RAISE EXCEPTION 'You are signed out. Sign in again.' USING ERRCODE = 'NR401';
    END IF;
    RETURN nrm.factor_account();
END $$;

CREATE FUNCTION nrm.has_factor(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.mfa_authenticator
        WHERE user_id = person AND type IN ('totp', 'webauthn'))
$$;

CREATE FUNCTION nrm.reader_factor() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT factor FROM nrm.sign_in
    WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
      AND account = nrm.factor_account()
$$;

-- A factor shown within the last five minutes; the invented people of the demonstration show none.
CREATE FUNCTION nrm.factor_is_fresh() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce((SELECT factor = 'invented' OR factor_at > now() - interval '5 minutes'
        FROM nrm.sign_in
        WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
          AND account = nrm.factor_account()), false)
$$;

-- Whose first factor it is, enrols it (with her recovery codes) without showing one before; who has
-- one, shows it again within the last five minutes.
CREATE FUNCTION nrm.may_change_factors(of_type text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT nrm.reader_factor() IS NOT NULL AND (
        (nrm.reader_factor() <> 'invented' AND nrm.factor_is_fresh())
        OR NOT nrm.has_factor(nrm.factor_account())
        OR (of_type = 'recovery_codes' AND NOT EXISTS (SELECT 1 FROM public.mfa_authenticator
            WHERE user_id = nrm.factor_account() AND type = 'recovery_codes')))
$$;

-- The pages checked a factor of this kind just now. A session never becomes weaker by it.
CREATE FUNCTION nrm.pass_factor(kind text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE person uuid := nrm.factor_account(); passed text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.mfa_authenticator WHERE user_id = person
        AND type = CASE kind WHEN 'app_code' THEN 'totp' WHEN 'passkey' THEN 'webauthn'
            WHEN 'recovery_code' THEN 'recovery_codes' END) THEN
        RAISE EXCEPTION 'This account has no such factor.' USING ERRCODE = 'NR403';
    END IF;
    UPDATE nrm.sign_in SET factor_at = now(),
        factor = CASE WHEN factor = 'passkey' THEN factor ELSE kind END
    WHERE account = person
      AND token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
    RETURNING factor INTO passed;
    RETURN passed;
END $$;

CREATE FUNCTION nrm.note_factor_change() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.reader_account() IS NOT NULL THEN
        PERFORM nrm.write_journal(CASE TG_OP WHEN 'INSERT' THEN 'factor_added' ELSE 'factor_removed' END,
            NULL, '{}', NULL);
    END IF;
    RETURN NULL;
END $$;

-- Replaced: nobody is a reader before her factor, and nobody has a role who has enrolled none.
CREATE OR REPLACE FUNCTION nrm.reader_account() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT sign_in.account
    FROM nrm.sign_in JOIN public.accounts_account AS account ON account.ref = sign_in.account
    WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
      AND ended_at IS NULL AND expires_at > now() AND seen_at + idle_for > now()
      AND account.is_active AND factor IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION nrm.reader_roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(array_agg(role::text), '{}')
    FROM public.accounts_membership
    WHERE nrm.reader_factor() <> 'none'
      AND account_id = nrm.reader_account()
$$;

CREATE OR REPLACE FUNCTION nrm.open_session(
    name text, proof bytea, token text, lasts interval, idle interval
) RETURNS TABLE (account uuid, sealed_private bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE person public.accounts_account; found_private bytea;
BEGIN
    SELECT known.* INTO person
    FROM nrm.account_secret AS secret
    JOIN public.accounts_account AS known ON known.ref = secret.account
    WHERE lower(known.sign_in_name) = lower(name) AND known.is_active
      AND secret.proof_hash = sha256(proof);
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

CREATE OR REPLACE FUNCTION nrm.keep_session_key(locked bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.sign_in SET session_key = locked
    WHERE account = nrm.factor_account()
      AND token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
$$;

CREATE OR REPLACE FUNCTION nrm.end_session() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL
    WHERE account = nrm.factor_account()
      AND token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
$$;

CREATE OR REPLACE FUNCTION nrm.open_calendar(secret text, token text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE owner uuid;
BEGIN
    UPDATE nrm.calendar_address SET read_at = now()
    WHERE secret_hash = nrm.hash_of(secret) AND EXISTS (
        SELECT 1 FROM public.accounts_account AS person
        WHERE person.ref = calendar_address.account AND person.is_active)
    RETURNING account INTO owner;
    IF owner IS NOT NULL THEN
        INSERT INTO nrm.sign_in (token_hash, account, idle_for, expires_at, factor)
        VALUES (nrm.hash_of(token), owner, interval '1 minute', now() + interval '1 minute',
                'calendar')
        ON CONFLICT (token_hash) DO UPDATE SET seen_at = now(), expires_at = excluded.expires_at;
    END IF;
    RETURN owner;
END $$;

-- Replaced: names are looked for with a strong factor only.
CREATE FUNCTION nrm.factor_is_strong() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(nrm.reader_factor() IN ('passkey', 'invented'), false)
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
          AND access.state = 'open' AND access.closed_at IS NULL AND access.until > now());
END $$;

REVOKE ALL ON FUNCTION nrm.factor_is_strong(), nrm.factor_account(), nrm.bind_waiting(text), nrm.has_factor(uuid),
    nrm.reader_factor(), nrm.factor_is_fresh(), nrm.may_change_factors(text), nrm.pass_factor(text),
    nrm.note_factor_change() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.factor_account(), nrm.bind_waiting(text), nrm.reader_factor(),
    nrm.factor_is_fresh(), nrm.may_change_factors(text), nrm.pass_factor(text) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.factor_is_strong() TO opennrm_app, opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.note_factor_change() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

-- Factors are seen and changed by their own person only.
ALTER TABLE public.mfa_authenticator ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.mfa_authenticator FORCE ROW LEVEL SECURITY;
CREATE POLICY enrolling ON public.mfa_authenticator TO opennrm_owner
    USING (true) WITH CHECK (true);
CREATE POLICY definer ON public.mfa_authenticator FOR SELECT TO opennrm_definer USING (true);
CREATE POLICY own ON public.mfa_authenticator FOR SELECT TO opennrm_app
    USING (user_id = (SELECT nrm.factor_account()));
CREATE POLICY own_use ON public.mfa_authenticator FOR UPDATE TO opennrm_app
    USING (user_id = (SELECT nrm.factor_account()))
    WITH CHECK (user_id = (SELECT nrm.factor_account()));
CREATE POLICY own_new ON public.mfa_authenticator FOR INSERT TO opennrm_app
    WITH CHECK (user_id = (SELECT nrm.factor_account()) AND nrm.may_change_factors(type));
CREATE POLICY own_old ON public.mfa_authenticator FOR DELETE TO opennrm_app
    USING (user_id = (SELECT nrm.factor_account()) AND nrm.may_change_factors('any'));
CREATE TRIGGER noted AFTER INSERT OR DELETE ON public.mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION nrm.note_factor_change();

-- Keys to identity and whereabouts come out with a passkey only.
CREATE POLICY strong_factor ON nrm.wrap AS RESTRICTIVE FOR SELECT TO opennrm_app, opennrm_recorder
    USING ((SELECT nrm.factor_is_strong()) OR NOT EXISTS (
        SELECT 1 FROM nrm.access WHERE access.access_ref = wrap.access_ref
          AND access.compartment IN ('D2', 'D2S', 'D3', 'D3S')));
