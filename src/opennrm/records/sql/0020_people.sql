-- People handled in the browser. The pages' role writes no account by itself: each step is one
-- function that asks who does it, in which organisation, and whether her factor was shown just now.
CREATE TABLE nrm.roles_apart (
    first_role text NOT NULL,
    second_role text NOT NULL,
    PRIMARY KEY (first_role, second_role)
);
-- A one-time code, of which only hashes stand here. 'join' makes an account; 'return' gives the way
-- back to somebody who lost her passphrase, with halves from two officers.
CREATE TABLE nrm.invitation (
    account uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('join', 'return')),
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    sign_in_name text NOT NULL,
    display_name text NOT NULL,
    language text NOT NULL,
    roles text[] NOT NULL,
    is_officer boolean NOT NULL,
    code_hash bytea NOT NULL,
    half_hash bytea,
    sealed_private bytea,
    made_by uuid NOT NULL REFERENCES public.accounts_account (ref),
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CHECK (kind = 'join' OR (half_hash IS NOT NULL AND sealed_private IS NOT NULL))
);
ALTER TABLE nrm.group_key
    ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN renewed_at timestamptz,
    ADD COLUMN renewed_in xid8,
    ADD COLUMN to_renew_since timestamptz,
    ALTER COLUMN renewed_at SET STATISTICS 0, ALTER COLUMN to_renew_since SET STATISTICS 0;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['roles_apart', 'invitation'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) WITH CHECK (true)', name);
    END LOOP;
END $$;
CREATE POLICY enrolling ON nrm.roles_apart TO opennrm_owner USING (true) WITH CHECK (true);
GRANT SELECT ON nrm.roles_apart TO opennrm_definer;
GRANT INSERT, DELETE ON nrm.roles_apart TO opennrm_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.invitation TO opennrm_definer;
GRANT UPDATE ON nrm.group_key, nrm.account_secret, nrm.search_entry TO opennrm_definer;
GRANT DELETE ON nrm.group_wrap, nrm.calendar_address, public.accounts_membership,
    public.mfa_authenticator TO opennrm_definer;
CREATE POLICY definer_drops ON public.mfa_authenticator FOR DELETE TO opennrm_definer USING (true);
-- Nobody but the owner role marks a person as invented, and no function makes a front door.
ALTER TABLE public.accounts_account ALTER COLUMN is_invented SET DEFAULT false,
    ALTER COLUMN is_front_door SET DEFAULT false;
GRANT INSERT (ref, sign_in_name, display_name, organisation_id, language, is_active, is_officer,
    password), UPDATE (is_active, is_officer) ON public.accounts_account TO opennrm_definer;
GRANT INSERT ON public.accounts_organisation, public.accounts_agreement,
    public.accounts_membership TO opennrm_definer;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

CREATE FUNCTION nrm.refuse(says text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = nrm, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', says USING ERRCODE = 'NR403';
END $$;

CREATE FUNCTION nrm.is_officer() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce((SELECT is_officer AND nrm.reader_factor() <> 'none'
        FROM public.accounts_account WHERE ref = nrm.reader_account()), false)
$$;

CREATE FUNCTION nrm.require_officer() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.is_officer() THEN
        PERFORM nrm.refuse('Only an officer of the organisation does this.');
    END IF;
    IF NOT nrm.factor_is_fresh() THEN
        PERFORM nrm.refuse('Show your second factor again first.');
    END IF;
    RETURN nrm.reader_organisation();
END $$;

CREATE FUNCTION nrm.require_registrar() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.reader_roles() && ARRAY['NCO', 'AD'] THEN
        PERFORM nrm.refuse('Only a national co-ordinator or an administrator enrols organisations.');
    END IF;
    IF NOT nrm.factor_is_fresh() THEN
        PERFORM nrm.refuse('Show your second factor again first.');
    END IF;
END $$;

CREATE FUNCTION nrm.require_colleague(person uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.accounts_account WHERE ref = person AND is_active
        AND NOT is_front_door AND organisation_id = nrm.reader_organisation()) THEN
        PERFORM nrm.refuse('This person is no member of your organisation.');
    END IF;
END $$;

CREATE FUNCTION nrm.require_roles(house uuid, wanted text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT wanted <@ (SELECT roles::text[] FROM public.accounts_organisation WHERE ref = house) THEN
        PERFORM nrm.refuse('The organisation does not hold this role.');
    END IF;
    IF EXISTS (SELECT 1 FROM nrm.roles_apart
        WHERE first_role = ANY (wanted) AND second_role = ANY (wanted)) THEN
        PERFORM nrm.refuse('These roles must not meet in one account.');
    END IF;
END $$;

-- Whatever writes a role, incompatible ones do not meet in one account.
CREATE FUNCTION nrm.keep_roles_apart() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM nrm.roles_apart JOIN public.accounts_membership AS held
        ON held.account_id = NEW.account_id AND held.role = second_role
        WHERE first_role = NEW.role) THEN
        PERFORM nrm.refuse('These roles must not meet in one account.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION nrm.enrol_organisation(new_ref uuid, new_name text, of_kind text, place text,
    new_roles text[], enforces boolean, stated text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_registrar();
    INSERT INTO public.accounts_organisation
        (ref, name, kind, jurisdiction, roles, is_enforcement, receives_public, combination)
    VALUES (new_ref, new_name, of_kind, place, new_roles, enforces, false, stated);
    PERFORM nrm.write_journal('organisation_enrolled', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.add_agreement(house uuid, new_title text, begins date, ends date)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_registrar();
    INSERT INTO public.accounts_agreement (organisation_id, title, in_force_from, in_force_until)
    VALUES (house, new_title, begins, ends);
    PERFORM nrm.write_journal('agreement_added', NULL, '{}', NULL);
END $$;

-- The first two officers of an organisation without members are invited by whoever enrols
-- organisations; everybody later by an officer. An enrolled house takes no officer from outside:
-- two strangers could otherwise open what its members seal.
CREATE FUNCTION nrm.invite(person uuid, house uuid, name text, shown_name text, in_language text,
    new_roles text[], as_officer boolean, code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF house IS DISTINCT FROM nrm.reader_organisation() OR NOT nrm.is_officer() THEN
        PERFORM nrm.require_registrar();
        IF NOT as_officer OR EXISTS (
            SELECT 1 FROM public.accounts_account WHERE organisation_id = house AND NOT is_officer)
            OR 2 <= (SELECT count(*) FROM public.accounts_account WHERE organisation_id = house)
                + (SELECT count(*) FROM nrm.invitation WHERE organisation = house
                    AND used_at IS NULL AND expires_at > now()) THEN
            PERFORM nrm.refuse('Further people are invited by the officers of the organisation.');
        END IF;
    ELSE
        PERFORM nrm.require_officer();
    END IF;
    PERFORM nrm.require_roles(house, new_roles);
    DELETE FROM nrm.invitation WHERE lower(sign_in_name) = lower(name)
        AND (expires_at <= now() OR used_at IS NOT NULL);
    IF EXISTS (SELECT 1 FROM public.accounts_account WHERE lower(sign_in_name) = lower(name))
        OR EXISTS (SELECT 1 FROM nrm.invitation WHERE lower(sign_in_name) = lower(name)) THEN
        RAISE EXCEPTION 'This sign-in name is taken.' USING ERRCODE = 'NR409';
    END IF;
    INSERT INTO nrm.invitation (account, kind, organisation, sign_in_name, display_name, language,
        roles, is_officer, code_hash, made_by, expires_at)
    VALUES (person, 'join', house, name, shown_name, in_language, new_roles, as_officer,
        nrm.hash_of(code), nrm.reader_account(), now() + interval '7 days');
    PERFORM nrm.write_journal('member_invited', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.withdraw_invitation(person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    DELETE FROM nrm.invitation WHERE account = person AND used_at IS NULL
        AND organisation = nrm.require_officer();
END $$;

CREATE FUNCTION nrm.invitations()
RETURNS TABLE (account uuid, kind text, sign_in_name text, display_name text, roles text[],
    is_officer boolean, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT account, kind, sign_in_name, display_name, roles, is_officer, expires_at
    FROM nrm.invitation
    WHERE organisation = nrm.reader_organisation() AND used_at IS NULL AND expires_at > now()
      AND nrm.is_officer()
    ORDER BY display_name
$$;

-- What whoever holds a code must know to use it; a wrong name and a wrong code give the same: nothing.
CREATE FUNCTION nrm.invitation_for(name text, code text, half text)
RETURNS TABLE (account uuid, kind text, organisation uuid, sealed_private bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT account, kind, organisation, sealed_private FROM nrm.invitation
    WHERE lower(sign_in_name) = lower(name) AND used_at IS NULL AND expires_at > now()
      AND code_hash = nrm.hash_of(code)
      AND (half_hash IS NULL OR half_hash = nrm.hash_of(half))
$$;

CREATE FUNCTION nrm.accept_invitation(name text, code text, half text, new_salt bytea,
    new_memory int, new_passes int, proof bytea, sealed bytea, public bytea) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE found nrm.invitation;
BEGIN
    SELECT invitation.* INTO found FROM nrm.invitation
    JOIN nrm.invitation_for(name, code, half) AS known USING (account) FOR UPDATE OF invitation;
    IF found.account IS NULL OR found.used_at IS NOT NULL THEN
        RETURN NULL;
    END IF;
    UPDATE nrm.invitation SET used_at = now(), sealed_private = CASE kind WHEN 'return' THEN ''::bytea END
    WHERE account = found.account;
    IF found.kind = 'return' THEN
        UPDATE nrm.account_secret SET salt = new_salt, memory_kib = new_memory,
            passes = new_passes, proof_hash = sha256(proof), sealed_private = sealed
        WHERE account = found.account;
        UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL
        WHERE account = found.account AND ended_at IS NULL;
        DELETE FROM public.mfa_authenticator WHERE user_id = found.account;
        RETURN found.account;
    END IF;
    INSERT INTO public.accounts_account (ref, sign_in_name, display_name, organisation_id,
        language, is_active, is_officer, password)
    VALUES (found.account, found.sign_in_name, found.display_name, found.organisation,
        found.language, true, found.is_officer, '!');
    INSERT INTO public.accounts_membership (account_id, role)
    SELECT found.account, unnest(found.roles);
    INSERT INTO nrm.account_secret (account, salt, memory_kib, passes, proof_hash, sealed_private)
    VALUES (found.account, new_salt, new_memory, new_passes, sha256(proof), sealed);
    INSERT INTO nrm.account_key (account, public_key) VALUES (found.account, public);
    RETURN found.account;
END $$;

-- Nobody gives herself a role; a second officer does.
CREATE FUNCTION nrm.give_role(person uuid, new_role text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_roles(nrm.require_officer(), ARRAY[new_role]);
    PERFORM nrm.require_colleague(person);
    IF person = nrm.reader_account() THEN
        PERFORM nrm.refuse('Nobody gives herself a role. Ask the other officer.');
    END IF;
    INSERT INTO public.accounts_membership (account_id, role) VALUES (person, new_role)
    ON CONFLICT DO NOTHING;
    PERFORM nrm.write_journal('role_given', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.forget_group_keys(person uuid, of_roles text[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.group_key AS key SET to_renew_since = now()
    FROM nrm.group_wrap AS held
    WHERE held.account = person AND held.role = ANY (of_roles)
      AND key.organisation = held.organisation AND key.role = held.role;
    DELETE FROM nrm.group_wrap WHERE account = person AND role = ANY (of_roles);
$$;

CREATE FUNCTION nrm.take_role(person uuid, old_role text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_officer();
    PERFORM nrm.require_colleague(person);
    DELETE FROM public.accounts_membership WHERE account_id = person AND role = old_role;
    PERFORM nrm.forget_group_keys(person, ARRAY[old_role]);
    PERFORM nrm.write_journal('role_taken', NULL, '{}', NULL);
END $$;

-- Whereabouts that a leaving person alone can open stay sealed to her key, which two officers can
-- recover; others are closed to her for good. Returns how many stay like this.
CREATE FUNCTION nrm.close_account(person uuid) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE alone int;
BEGIN
    PERFORM nrm.require_officer();
    PERFORM nrm.require_colleague(person);
    IF person = nrm.reader_account() THEN
        PERFORM nrm.refuse('Nobody closes her own account. Ask the other officer.');
    END IF;
    PERFORM nrm.take_officer(person);
    UPDATE public.accounts_account SET is_active = false, is_officer = false WHERE ref = person;
    UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL
    WHERE account = person AND ended_at IS NULL;
    DELETE FROM nrm.calendar_address WHERE account = person;
    PERFORM nrm.forget_group_keys(person, ARRAY(
        SELECT role FROM public.accounts_membership WHERE account_id = person));
    UPDATE nrm.access AS own SET closed_at = now()
    WHERE own.account = person AND own.closed_at IS NULL AND EXISTS (
        SELECT 1 FROM nrm.access AS other WHERE other.case_ref = own.case_ref
          AND other.compartment = own.compartment AND other.account <> person
          AND other.state = 'open' AND other.closed_at IS NULL AND other.until > now());
    DELETE FROM nrm.wrap USING nrm.access AS closed
    WHERE wrap.access_ref = closed.access_ref AND closed.account = person
      AND closed.closed_at IS NOT NULL;
    SELECT count(DISTINCT case_ref) INTO alone FROM nrm.access
    WHERE account = person AND closed_at IS NULL AND until > now();
    PERFORM nrm.write_journal('account_closed', NULL, '{}', NULL);
    RETURN alone;
END $$;

-- Group keys: who holds one passes it on, and renews it after somebody left.
CREATE FUNCTION nrm.holds_group(of_role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT of_role = ANY (nrm.reader_roles()) AND EXISTS (SELECT 1 FROM nrm.group_wrap
        WHERE account = nrm.reader_account() AND organisation = nrm.reader_organisation()
          AND role = of_role)
$$;

CREATE FUNCTION nrm.members()
RETURNS TABLE (account uuid, display_name text, sign_in_name text, is_officer boolean,
    roles text[], holds text[], factors bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT ref, person.display_name, person.sign_in_name, person.is_officer,
        ARRAY(SELECT role::text FROM public.accounts_membership WHERE account_id = ref ORDER BY 1),
        ARRAY(SELECT role FROM nrm.group_wrap WHERE account = ref ORDER BY 1),
        (SELECT count(*) FROM public.mfa_authenticator
            WHERE user_id = ref AND type IN ('totp', 'webauthn'))
    FROM public.accounts_account AS person
    WHERE organisation_id = nrm.reader_organisation() AND is_active AND NOT is_front_door
      AND nrm.reader_factor() <> 'none'
    ORDER BY person.display_name
$$;

CREATE FUNCTION nrm.keep_group_wrap(of_role text, person uuid, wrapped bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_colleague(person);
    IF NOT EXISTS (SELECT 1 FROM public.accounts_membership
        WHERE account_id = person AND role = of_role) THEN
        PERFORM nrm.refuse('This person does not hold the role.');
    END IF;
    IF NOT (nrm.holds_group(of_role) OR EXISTS (SELECT 1 FROM nrm.group_key
        WHERE organisation = nrm.reader_organisation() AND role = of_role
          AND renewed_in = pg_current_xact_id_if_assigned())) THEN
        PERFORM nrm.refuse('Only who holds the key passes it on.');
    END IF;
    IF NOT nrm.factor_is_fresh() THEN
        PERFORM nrm.refuse('Show your second factor again first.');
    END IF;
    INSERT INTO nrm.group_wrap (organisation, role, account, ciphertext)
    VALUES (nrm.reader_organisation(), of_role, person, wrapped);
    PERFORM nrm.write_journal('group_key_passed_on', NULL, '{}', NULL);
END $$;

-- The wraps to re-make, also of offers that still wait: their bytes open with the old key, and no
-- sealed part comes out before the offer is accepted.
CREATE FUNCTION nrm.wraps_of_group(of_role text)
RETURNS TABLE (access_ref uuid, case_ref uuid, compartment text, version int, ciphertext bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT wrap.access_ref, access.case_ref, access.compartment, wrap.version, wrap.ciphertext
    FROM nrm.access JOIN nrm.wrap USING (access_ref)
    WHERE access.organisation = nrm.reader_organisation() AND access.role = of_role
      AND access.account IS NULL AND access.closed_at IS NULL AND access.until > now()
      AND nrm.holds_group(of_role) AND nrm.factor_is_fresh() AND nrm.factor_is_strong()
$$;

CREATE FUNCTION nrm.renew_group(of_role text, public bytea, search bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT (nrm.holds_group(of_role) AND nrm.factor_is_fresh() AND nrm.factor_is_strong()) THEN
        PERFORM nrm.refuse('Only who holds the key renews it, signed in with a passkey.');
    END IF;
    UPDATE nrm.group_key SET public_key = public, search_wrap = search, version = version + 1,
        renewed_at = clock_timestamp(), renewed_in = pg_current_xact_id(), to_renew_since = NULL
    WHERE organisation = nrm.reader_organisation() AND role = of_role;
    DELETE FROM nrm.group_wrap
    WHERE organisation = nrm.reader_organisation() AND role = of_role;
    DELETE FROM nrm.wrap USING nrm.access
    WHERE wrap.access_ref = access.access_ref
      AND access.organisation = nrm.reader_organisation() AND access.role = of_role
      AND access.account IS NULL;
    PERFORM nrm.write_journal('group_key_renewed', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.keep_renewed_wrap(row_ref uuid, of_version int, wrapped bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM nrm.access JOIN nrm.group_key USING (organisation, role)
        WHERE access.access_ref = row_ref AND access.account IS NULL
          AND access.organisation = nrm.reader_organisation() AND access.closed_at IS NULL
          AND renewed_in = pg_current_xact_id_if_assigned()) THEN
        PERFORM nrm.refuse('A wrap is made again with the key of its group only.');
    END IF;
    INSERT INTO nrm.wrap VALUES (row_ref, of_version, wrapped);
END $$;

-- Names that can be searched for are locked anew too, under a search key the leaver never knew.
CREATE FUNCTION nrm.renews_now() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.group_key WHERE organisation = nrm.reader_organisation()
        AND renewed_at IS NOT NULL AND renewed_in = pg_current_xact_id_if_assigned())
$$;

CREATE FUNCTION nrm.search_entries_to_relock()
RETURNS TABLE (entry_ref uuid, case_ref uuid, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT entry.entry_ref, entry.case_ref, entry.sealed FROM nrm.search_entry AS entry
    WHERE entry.organisation = nrm.reader_organisation() AND nrm.renews_now()
$$;

CREATE FUNCTION nrm.relock_search_entry(of_entry uuid, locked bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.search_entry SET sealed = locked
    WHERE entry_ref = of_entry AND organisation = nrm.reader_organisation() AND nrm.renews_now()
$$;

CREATE FUNCTION nrm.keep_search_wrap(of_role text, wrapped bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.group_key SET search_wrap = wrapped
    WHERE organisation = nrm.reader_organisation() AND role = of_role AND nrm.renews_now()
$$;

CREATE FUNCTION nrm.groups_to_renew() RETURNS TABLE (role text, since timestamptz, is_mine boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT role, to_renew_since, nrm.holds_group(role) FROM nrm.group_key
    WHERE organisation = nrm.reader_organisation() AND to_renew_since IS NOT NULL ORDER BY role
$$;

-- Replaced: what is written after a group's key was renewed is closed to who knew the older keys.
CREATE OR REPLACE FUNCTION nrm.needs_new_key(in_case uuid, part text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM nrm.scope_key WHERE case_ref = in_case AND compartment = part)
        OR NOT EXISTS (
            SELECT 1 FROM nrm.access AS live
            WHERE live.case_ref = in_case AND live.compartment = part AND live.closed_at IS NULL
              AND live.until > now() AND live.made_in <> pg_current_xact_id())
        OR EXISTS (
            SELECT 1 FROM nrm.access AS ended
            WHERE ended.case_ref = in_case AND ended.compartment = part AND ended.state = 'open'
              AND (ended.closed_at IS NOT NULL OR ended.until <= now())
              AND coalesce(ended.closed_at, ended.until) >= (
                  SELECT max(made_at) FROM nrm.scope_key
                  WHERE case_ref = in_case AND compartment = part))
        OR EXISTS (
            SELECT 1 FROM nrm.access AS live JOIN nrm.group_key AS key
              ON key.organisation = live.organisation AND key.role = live.role
            WHERE live.case_ref = in_case AND live.compartment = part AND live.closed_at IS NULL
              AND live.account IS NULL AND live.state = 'open'
              AND key.renewed_at >= (
                  SELECT max(made_at) FROM nrm.scope_key
                  WHERE case_ref = in_case AND compartment = part))
$$;

-- One's own passphrase and sessions.
CREATE FUNCTION nrm.change_own_secret(old_proof bytea, new_salt bytea, new_memory int,
    new_passes int, proof bytea, sealed bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.factor_is_fresh() THEN
        PERFORM nrm.refuse('Show your second factor again first.');
    END IF;
    UPDATE nrm.account_secret SET salt = new_salt, memory_kib = new_memory, passes = new_passes,
        proof_hash = sha256(proof), sealed_private = sealed
    WHERE account = nrm.reader_account() AND proof_hash = sha256(old_proof);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL
    WHERE account = nrm.reader_account() AND ended_at IS NULL
      AND token_hash <> nrm.hash_of(current_setting('opennrm.token', true));
    PERFORM nrm.write_journal('passphrase_changed', NULL, '{}', NULL);
    RETURN true;
END $$;

CREATE FUNCTION nrm.own_sessions()
RETURNS TABLE (handle text, opened_at timestamptz, seen_at timestamptz, factor text, is_this boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT left(encode(sha256(token_hash), 'hex'), 32), opened_at, seen_at, factor,
        token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
    FROM nrm.sign_in
    WHERE account = nrm.reader_account() AND ended_at IS NULL AND expires_at > now()
      AND seen_at + idle_for > now() AND factor IS DISTINCT FROM 'calendar'
    ORDER BY opened_at DESC
$$;

CREATE FUNCTION nrm.end_own_session(named text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL
    WHERE account = nrm.reader_account() AND ended_at IS NULL
      AND (named IS NULL OR left(encode(sha256(token_hash), 'hex'), 32) = named)
      AND (named IS NOT NULL
        OR token_hash <> nrm.hash_of(nullif(current_setting('opennrm.token', true), '')))
$$;
REVOKE ALL ON FUNCTION nrm.keep_roles_apart() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.keep_roles_apart() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

CREATE TRIGGER roles_apart BEFORE INSERT OR UPDATE ON public.accounts_membership
    FOR EACH ROW EXECUTE FUNCTION nrm.keep_roles_apart();
