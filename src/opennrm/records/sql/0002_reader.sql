-- Who is reading: never a name in a setting, always the owner of a live token. A setting alone
-- can be forged by any role; a token cannot be guessed, and its hash stands where only the
-- definer role can look.
CREATE FUNCTION nrm.hash_of(secret text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(secret, 'UTF8'))
$$;

CREATE FUNCTION nrm.reader_account() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT sign_in.account
    FROM nrm.sign_in JOIN public.accounts_account AS account ON account.ref = sign_in.account
    WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
      AND ended_at IS NULL AND expires_at > now() AND seen_at + idle_for > now()
      AND account.is_active
$$;

CREATE FUNCTION nrm.reader_organisation() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT organisation_id FROM public.accounts_account WHERE ref = nrm.reader_account()
$$;

CREATE FUNCTION nrm.reader_roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(array_agg(role::text), '{}')
    FROM public.accounts_membership WHERE account_id = nrm.reader_account()
$$;

CREATE FUNCTION nrm.bind_reader(token text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM set_config('opennrm.token', token, true);
    IF nrm.reader_account() IS NULL THEN
        RAISE EXCEPTION 'You are signed out. Sign in again.' USING ERRCODE = 'NR401';
    END IF;
    RETURN nrm.reader_account();
END $$;

-- Signing in: the passphrase itself never arrives here, only a proof derived from it.
CREATE FUNCTION nrm.sign_in_salt(name text)
RETURNS TABLE (salt bytea, memory_kib int, passes int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT secret.salt, secret.memory_kib, secret.passes
    FROM nrm.account_secret AS secret
    JOIN public.accounts_account AS account ON account.ref = secret.account
    WHERE lower(account.sign_in_name) = lower(name) AND account.is_active
$$;

CREATE FUNCTION nrm.open_session(
    name text, proof bytea, token text, lasts interval, idle interval
) RETURNS TABLE (account uuid, sealed_private bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE found_account uuid; found_private bytea;
BEGIN
    SELECT secret.account, secret.sealed_private INTO found_account, found_private
    FROM nrm.account_secret AS secret
    JOIN public.accounts_account AS person ON person.ref = secret.account
    WHERE lower(person.sign_in_name) = lower(name) AND person.is_active
      AND secret.proof_hash = sha256(proof);
    IF found_account IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO nrm.sign_in (token_hash, account, idle_for, expires_at)
    VALUES (nrm.hash_of(token), found_account, least(idle, interval '10 hours'),
            now() + least(lasts, interval '10 hours'));
    RETURN QUERY SELECT found_account, found_private;
END $$;

CREATE FUNCTION nrm.open_front_door(token text, door_name text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE door uuid;
BEGIN
    SELECT ref INTO door FROM public.accounts_account
    WHERE sign_in_name = door_name AND is_front_door AND is_active;
    IF door IS NOT NULL THEN
        INSERT INTO nrm.sign_in (token_hash, account, idle_for, expires_at)
        VALUES (nrm.hash_of(token), door, interval '5 minutes', now() + interval '5 minutes');
    END IF;
    RETURN door;
END $$;

CREATE FUNCTION nrm.keep_session_key(locked bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.sign_in SET session_key = locked
    WHERE account = nrm.reader_account()
      AND token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
$$;

CREATE FUNCTION nrm.session_key() RETURNS bytea
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.sign_in SET seen_at = greatest(seen_at, now())
    WHERE account = nrm.reader_account()
      AND token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
    RETURNING session_key
$$;

CREATE FUNCTION nrm.end_session() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL
    WHERE account = nrm.reader_account()
      AND token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
$$;

-- What the reader may do in a case: a live row of the own organisation, role and, where whereabouts
-- are concerned, name.
CREATE FUNCTION nrm.has_row(in_case uuid, part text, to_write boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND (part IS NULL OR compartment = part)
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND state = 'open' AND closed_at IS NULL AND until > now()
          AND (mode = 'write' OR NOT to_write)
    )
$$;

CREATE FUNCTION nrm.has_offer(in_case uuid, offer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND (offer IS NULL OR offer_fact = offer)
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND closed_at IS NULL AND until > now()
    )
$$;

CREATE FUNCTION nrm.just_started(in_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.case_head WHERE case_ref = in_case
          AND started_in = pg_current_xact_id_if_assigned()
          AND organisation = (SELECT nrm.reader_organisation())
    )
$$;

CREATE FUNCTION nrm.agreement_in_force(of_organisation uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.accounts_agreement
        WHERE organisation_id = of_organisation
          AND in_force_from <= current_date AND in_force_until > current_date
    )
$$;

CREATE FUNCTION nrm.write_journal(
    what text, in_case uuid, parts text[], read_rows int
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.journal (account, organisation, action, case_ref, compartments, rows_read)
    VALUES (nrm.reader_account(), nrm.reader_organisation(), what, in_case, parts, read_rows)
$$;
