-- Recovery by two officers. Each organisation has one more key pair, to which its members' own keys
-- and its groups' keys are sealed. Its private half is kept nowhere whole: for each pair of officers
-- it is sealed to the second and then to the first, so that one of them opens only what the other
-- alone can open on. No administrator is part of it.
CREATE TABLE nrm.recovery_key (
    organisation uuid PRIMARY KEY REFERENCES public.accounts_organisation (ref),
    public_key bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE nrm.recovery_part (
    organisation uuid NOT NULL REFERENCES nrm.recovery_key (organisation),
    first_officer uuid NOT NULL REFERENCES public.accounts_account (ref),
    second_officer uuid NOT NULL REFERENCES public.accounts_account (ref),
    ciphertext bytea NOT NULL,
    PRIMARY KEY (organisation, first_officer, second_officer),
    CHECK (first_officer <> second_officer)
);
CREATE TABLE nrm.recovery_of_account (
    account uuid PRIMARY KEY REFERENCES public.accounts_account (ref),
    sealed bytea NOT NULL
);
CREATE TABLE nrm.recovery_of_group (
    organisation uuid NOT NULL,
    role text NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (organisation, role),
    FOREIGN KEY (organisation, role) REFERENCES nrm.group_key (organisation, role)
);
-- One officer asked; another one finishes within a day.
CREATE TABLE nrm.recovery (
    recovery_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES nrm.recovery_key (organisation),
    purpose text NOT NULL CHECK (purpose IN ('member', 'group', 'officers')),
    about_account uuid REFERENCES public.accounts_account (ref),
    about_role text,
    asked_by uuid NOT NULL REFERENCES public.accounts_account (ref),
    asked_at timestamptz NOT NULL DEFAULT now(),
    half_hash bytea,
    half_public bytea,
    finished_at timestamptz,
    finished_in xid8,
    CHECK ((purpose = 'member') = (about_account IS NOT NULL)),
    CHECK ((purpose = 'member') = (half_public IS NOT NULL AND half_hash IS NOT NULL)),
    CHECK ((purpose = 'group') = (about_role IS NOT NULL))
);
CREATE TABLE nrm.recovery_hand (
    recovery_ref uuid NOT NULL REFERENCES nrm.recovery (recovery_ref),
    officer uuid NOT NULL REFERENCES public.accounts_account (ref),
    ciphertext bytea NOT NULL,
    PRIMARY KEY (recovery_ref, officer)
);
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['recovery_key', 'recovery_part', 'recovery_of_account',
                                'recovery_of_group', 'recovery', 'recovery_hand'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.%I TO opennrm_definer', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['recovery_key', 'recovery_part', 'recovery_of_account',
                                'recovery_of_group'] LOOP
        EXECUTE format('CREATE POLICY enrolling ON nrm.%I TO opennrm_owner USING (true) WITH CHECK (true)', name);
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

CREATE FUNCTION nrm.officers() RETURNS TABLE (account uuid, display_name text, public_key bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT ref, person.display_name, account_key.public_key
    FROM public.accounts_account AS person JOIN nrm.account_key ON account_key.account = ref
    WHERE organisation_id = nrm.reader_organisation() AND is_active AND is_officer ORDER BY 2, 1
$$;

-- Who can let somebody back in, told to whoever holds a code before she has an account.
CREATE FUNCTION nrm.officers_behind(name text, code text, half text) RETURNS TABLE (display_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT person.display_name FROM nrm.invitation_for(name, code, half) AS found
    JOIN public.accounts_account AS person ON person.organisation_id = found.organisation
    WHERE is_active AND is_officer ORDER BY 1
$$;

CREATE FUNCTION nrm.recovery_public(name text, code text, half text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT public_key FROM nrm.invitation_for(name, code, half) JOIN nrm.recovery_key USING (organisation)
$$;

CREATE FUNCTION nrm.own_recovery()
RETURNS TABLE (public_key bytea, is_kept boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT key.public_key, EXISTS (
        SELECT 1 FROM nrm.recovery_of_account WHERE account = nrm.reader_account())
    FROM nrm.recovery_key AS key WHERE organisation = nrm.reader_organisation()
$$;

CREATE FUNCTION nrm.keep_own_recovery(sealed_key bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.factor_is_fresh() THEN
        PERFORM nrm.refuse('Show your second factor again first.');
    END IF;
    INSERT INTO nrm.recovery_of_account (account, sealed) VALUES (nrm.reader_account(), sealed_key)
    ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed;
END $$;

-- Kept by whoever joins, in the same breath as her key.
CREATE FUNCTION nrm.keep_joining_recovery(person uuid, sealed_key bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.recovery_of_account (account, sealed)
    SELECT person, sealed_key FROM nrm.invitation
    WHERE account = person AND kind = 'join' AND used_at = now()
    ON CONFLICT (account) DO NOTHING
$$;

CREATE FUNCTION nrm.keep_recovery_key(public bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    IF 2 > (SELECT count(*) FROM nrm.officers()) THEN
        PERFORM nrm.refuse('There must be two officers first.');
    END IF;
    INSERT INTO nrm.recovery_key (organisation, public_key) VALUES (house, public);
    PERFORM nrm.write_journal('recovery_key_made', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.may_package(house uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.recovery_key
            WHERE organisation = house AND made_at = now())
        OR EXISTS (SELECT 1 FROM nrm.recovery WHERE organisation = house
            AND purpose = 'officers' AND finished_in = pg_current_xact_id_if_assigned())
$$;

CREATE FUNCTION nrm.keep_recovery_part(first uuid, second uuid, package bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    IF NOT nrm.may_package(house) OR 2 <> (
        SELECT count(*) FROM nrm.officers() WHERE account IN (first, second)) THEN
        PERFORM nrm.refuse('The recovery key is shared among officers by two of them.');
    END IF;
    INSERT INTO nrm.recovery_part (organisation, first_officer, second_officer, ciphertext)
    VALUES (house, first, second, package)
    ON CONFLICT (organisation, first_officer, second_officer)
        DO UPDATE SET ciphertext = excluded.ciphertext;
END $$;

-- A group's key, sealed for recovery by whoever holds it, or who makes it first.
CREATE FUNCTION nrm.keep_group_recovery(of_role text, sealed_key bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.factor_is_fresh() OR NOT (nrm.holds_group(of_role) OR EXISTS (
        SELECT 1 FROM nrm.group_key WHERE organisation = nrm.reader_organisation()
          AND role = of_role AND renewed_in = pg_current_xact_id_if_assigned())) THEN
        PERFORM nrm.refuse('Only who holds the key seals it for recovery.');
    END IF;
    INSERT INTO nrm.recovery_of_group (organisation, role, sealed)
    VALUES (nrm.reader_organisation(), of_role, sealed_key)
    ON CONFLICT (organisation, role) DO UPDATE SET sealed = excluded.sealed;
END $$;

-- The first keys of the groups of a new organisation, made by one of its officers.
CREATE FUNCTION nrm.make_group(of_role text, public bytea, search bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    PERFORM nrm.require_roles(house, ARRAY[of_role]);
    IF NOT EXISTS (SELECT 1 FROM nrm.recovery_key WHERE organisation = house) THEN
        PERFORM nrm.refuse('The recovery key is made first.');
    END IF;
    INSERT INTO nrm.group_key (organisation, role, public_key, search_wrap, renewed_in)
    VALUES (house, of_role, public, search, pg_current_xact_id());
    PERFORM nrm.write_journal('group_key_made', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.own_parts() RETURNS TABLE (second_officer uuid, ciphertext bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT part.second_officer, part.ciphertext FROM nrm.recovery_part AS part
    JOIN public.accounts_account AS second ON second.ref = part.second_officer
    WHERE part.organisation = nrm.reader_organisation()
      AND part.first_officer = nrm.reader_account() AND nrm.is_officer()
      AND second.is_active AND second.is_officer
$$;

CREATE FUNCTION nrm.ask_recovery(new_ref uuid, for_what text, person uuid, of_role text,
    half text, public bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    IF person IS NOT NULL THEN
        PERFORM nrm.require_colleague(person);
        IF person = nrm.reader_account() THEN
            PERFORM nrm.refuse('Nobody lets herself back in. Ask two other officers.');
        END IF;
        IF NOT EXISTS (SELECT 1 FROM nrm.recovery_of_account WHERE account = person) THEN
            PERFORM nrm.refuse('This person never sealed her key for recovery.');
        END IF;
    END IF;
    INSERT INTO nrm.recovery (recovery_ref, organisation, purpose, about_account, about_role,
        asked_by, half_hash, half_public)
    VALUES (new_ref, house, for_what, person, of_role, nrm.reader_account(),
        CASE WHEN half IS NOT NULL THEN nrm.hash_of(half) END, public);
    PERFORM nrm.write_journal('recovery_asked', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.hand_recovery_part(to_ref uuid, second uuid, package bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM nrm.recovery WHERE recovery_ref = to_ref
        AND asked_by = nrm.reader_account() AND asked_at = now()) THEN
        PERFORM nrm.refuse('A part is handed on by who asks.');
    END IF;
    INSERT INTO nrm.recovery_hand (recovery_ref, officer, ciphertext)
    VALUES (to_ref, second, package);
END $$;

-- What waits for a second officer: never for the one who asked, nor for whom it is about.
CREATE FUNCTION nrm.recoveries()
RETURNS TABLE (recovery_ref uuid, purpose text, about_account uuid, about_role text,
    asked_by uuid, asked_at timestamptz, half_public bytea, ciphertext bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT asked.recovery_ref, purpose, about_account, about_role, asked_by, asked_at, half_public,
        CASE WHEN asked_by <> nrm.reader_account()
                AND about_account IS DISTINCT FROM nrm.reader_account() THEN (
            SELECT hand.ciphertext FROM nrm.recovery_hand AS hand
            WHERE hand.recovery_ref = asked.recovery_ref AND hand.officer = nrm.reader_account())
        END
    FROM nrm.recovery AS asked
    WHERE organisation = nrm.reader_organisation() AND finished_at IS NULL
      AND asked_at > now() - interval '1 day' AND nrm.is_officer()
    ORDER BY asked_at
$$;

-- What the recovery opens: sealed, for the second officer alone; marks it finished.
CREATE FUNCTION nrm.finish_recovery(of_ref uuid)
RETURNS TABLE (account uuid, role text, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer(); asked nrm.recovery;
BEGIN
    SELECT known.* INTO asked FROM nrm.recovery AS known JOIN nrm.recovery_hand AS hand
        ON hand.recovery_ref = known.recovery_ref AND hand.officer = nrm.reader_account()
    WHERE known.recovery_ref = of_ref AND organisation = house AND finished_at IS NULL
      AND asked_by <> nrm.reader_account()
      AND about_account IS DISTINCT FROM nrm.reader_account()
      AND asked_at > now() - interval '1 day' FOR UPDATE OF known;
    IF asked.recovery_ref IS NULL THEN
        PERFORM nrm.refuse('Nothing waits here for you; another officer asks first.');
    END IF;
    UPDATE nrm.recovery SET finished_at = now(), finished_in = pg_current_xact_id()
    WHERE recovery_ref = of_ref;
    PERFORM nrm.write_journal('recovery_finished', NULL, '{}', NULL);
    RETURN QUERY SELECT kept.account, NULL::text, kept.sealed FROM nrm.recovery_of_account AS kept
        WHERE kept.account = asked.about_account
        UNION ALL SELECT NULL, kept.role, kept.sealed FROM nrm.recovery_of_group AS kept
        WHERE kept.organisation = house AND kept.role = asked.about_role;
END $$;

CREATE FUNCTION nrm.let_back_in(of_ref uuid, code text, sealed bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE asked nrm.recovery;
BEGIN
    SELECT * INTO asked FROM nrm.recovery WHERE recovery_ref = of_ref AND purpose = 'member'
      AND organisation = nrm.require_officer() AND finished_in = pg_current_xact_id_if_assigned();
    IF asked.recovery_ref IS NULL THEN
        PERFORM nrm.refuse('Two officers let a member back in together.');
    END IF;
    DELETE FROM nrm.invitation WHERE account = asked.about_account;
    INSERT INTO nrm.invitation (account, kind, organisation, sign_in_name, display_name, language,
        roles, is_officer, code_hash, half_hash, sealed_private, made_by, expires_at)
    SELECT ref, 'return', organisation_id, sign_in_name, display_name, language, '{}', is_officer,
        nrm.hash_of(code), asked.half_hash, sealed, nrm.reader_account(), now() + interval '1 day'
    FROM public.accounts_account WHERE ref = asked.about_account;
END $$;

-- A group whose key nobody holds any more: the second officer passes it to who holds the role.
CREATE FUNCTION nrm.give_recovered_group(of_ref uuid, person uuid, wrapped bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE of_role text;
BEGIN
    SELECT about_role INTO of_role FROM nrm.recovery WHERE recovery_ref = of_ref
      AND organisation = nrm.require_officer() AND finished_in = pg_current_xact_id_if_assigned();
    PERFORM nrm.require_colleague(person);
    IF of_role IS NULL OR NOT EXISTS (SELECT 1 FROM public.accounts_membership
        WHERE account_id = person AND role = of_role) THEN
        PERFORM nrm.refuse('This person does not hold the role.');
    END IF;
    INSERT INTO nrm.group_wrap (organisation, role, account, ciphertext)
    VALUES (nrm.reader_organisation(), of_role, person, wrapped) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION nrm.how_keys_stand()
RETURNS TABLE (has_recovery boolean, groups text[], recoverable text[], shared_with uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.recovery_key WHERE organisation = house),
        ARRAY(SELECT role FROM nrm.group_key WHERE organisation = house ORDER BY 1),
        ARRAY(SELECT role FROM nrm.recovery_of_group WHERE organisation = house ORDER BY 1),
        ARRAY(SELECT DISTINCT first_officer FROM nrm.recovery_part WHERE organisation = house)
    FROM (SELECT nrm.reader_organisation() AS house) AS own
$$;

-- An officer leaves only when two others can still recover.
CREATE FUNCTION nrm.take_officer(person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM nrm.recovery_part WHERE first_officer = person) AND 2 > (
        SELECT count(DISTINCT part.first_officer) FROM nrm.recovery_part AS part
        JOIN nrm.officers() AS still ON still.account = part.first_officer
        WHERE part.first_officer <> person) THEN
        PERFORM nrm.refuse('Two officers must stay. Invite another one and share the key first.');
    END IF;
    DELETE FROM nrm.recovery_part WHERE first_officer = person OR second_officer = person;
END $$;

DO $$
DECLARE signature text;
BEGIN
    FOR signature IN
        SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace = 'nrm'::regnamespace AND pg_get_userbyid(proowner) = current_user
          AND proacl IS NULL
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    END LOOP;
    FOREACH signature IN ARRAY ARRAY['enrol_organisation', 'add_agreement', 'invite',
        'withdraw_invitation', 'invitations', 'invitation_for', 'accept_invitation', 'give_role',
        'take_role', 'close_account', 'members', 'keep_group_wrap', 'wraps_of_group', 'renew_group',
        'keep_renewed_wrap', 'search_entries_to_relock', 'relock_search_entry', 'keep_search_wrap',
        'groups_to_renew', 'change_own_secret', 'own_sessions',
        'end_own_session', 'officers', 'officers_behind', 'recovery_public', 'own_recovery',
        'keep_own_recovery', 'keep_joining_recovery', 'keep_recovery_key', 'keep_recovery_part',
        'keep_group_recovery', 'make_group', 'own_parts', 'ask_recovery', 'hand_recovery_part',
        'recoveries', 'finish_recovery', 'let_back_in', 'give_recovered_group', 'how_keys_stand']
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION nrm.%I TO opennrm_app', signature);
    END LOOP;
END $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

-- Row estimates tell nothing about who recovers whom.
DO $$
DECLARE place record;
BEGIN
    FOR place IN
        SELECT c.relname, a.attname FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'nrm'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
          AND (c.relname LIKE 'recovery%' OR c.relname = 'invitation') AND NOT a.attisdropped
    LOOP
        EXECUTE format('ALTER TABLE nrm.%I ALTER COLUMN %I SET STATISTICS 0',
                       place.relname, place.attname);
    END LOOP;
END $$;
