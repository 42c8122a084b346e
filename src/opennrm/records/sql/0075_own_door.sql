-- Her own door: a page of her own, opened by a code on a card and a passphrase that only she knows.
-- What she reads is sealed to a key that the two open together; what stands here opens nothing by
-- itself. Her session is bound to one door and is no reader of the record: none of the policies that
-- let readers in lets her in, and only the functions below know her.
CREATE TABLE nrm.own_door (
    door_ref uuid PRIMARY KEY,
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    code_hash bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
    language text NOT NULL,
    tells_duress boolean NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    begun_at timestamptz,
    salt bytea,
    memory_kib int,
    passes int,
    tries int NOT NULL DEFAULT 0,
    tried_at timestamptz,
    closed_at timestamptz
);
CREATE UNIQUE INDEX own_door_live ON nrm.own_door (case_ref) WHERE closed_at IS NULL;
-- What a passphrase opens: her page or, under another passphrase, one that harms nobody.
CREATE TABLE nrm.own_view (
    door_ref uuid NOT NULL REFERENCES nrm.own_door (door_ref),
    is_harmless boolean NOT NULL,
    proof_hash bytea NOT NULL,
    sealed_private bytea NOT NULL,
    public_key bytea NOT NULL,
    page bytea,
    PRIMARY KEY (door_ref, is_harmless)
);
CREATE TABLE nrm.own_session (
    token_hash bytea PRIMARY KEY,
    door_ref uuid NOT NULL REFERENCES nrm.own_door (door_ref),
    is_harmless boolean NOT NULL,
    session_key bytea,
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '20 minutes'
);
-- What she writes. It waits outside the case; the record is never written from outside.
CREATE TABLE nrm.own_letter (
    letter_ref uuid PRIMARY KEY,
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    door_ref uuid NOT NULL,
    about text NOT NULL CHECK (about IN ('own_words', 'correction', 'feedback', 'complaint')),
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    role text NOT NULL CHECK (role IN ('CM', 'DP')),
    key_version int NOT NULL,
    sealed bytea NOT NULL,
    is_forced boolean NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    answer bytea,
    answered_at timestamptz
);
CREATE INDEX own_letter_case ON nrm.own_letter (case_ref);
CREATE INDEX own_letter_reader ON nrm.own_letter (organisation, role) WHERE answered_at IS NULL;
DO $$
DECLARE name text; place record;
BEGIN
    FOREACH name IN ARRAY ARRAY['own_door', 'own_view', 'own_session', 'own_letter'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) '
            'WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.%I TO opennrm_definer', name);
        FOR place IN SELECT attname FROM pg_attribute
            WHERE attrelid = format('nrm.%I', name)::regclass AND attnum > 0 LOOP
            EXECUTE format('ALTER TABLE nrm.%I ALTER COLUMN %I SET STATISTICS 0', name, place.attname);
        END LOOP;
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- The newest assessment of the dangers says that a page of her own is safe, and is not yet to be
-- looked at again. A correction stands in the place of what it corrects.
CREATE FUNCTION nrm.own_access_is_safe(in_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce((
        SELECT coalesce((newest.open ->> 'own_access')::boolean, false)
            AND (newest.open ->> 'review_on')::date >= current_date
        FROM nrm.fact AS first, LATERAL (
            SELECT * FROM nrm.versions(in_case, first.fact_ref) ORDER BY position DESC LIMIT 1
        ) AS newest
        WHERE first.case_ref = in_case AND first.kind = 'risk_assessed' AND first.corrects IS NULL
        ORDER BY first.position DESC LIMIT 1), false)
$$;

-- A door stands while it was not closed, is safe, and the organisation that opened it keeps the case.
CREATE FUNCTION nrm.own_door_stands(door nrm.own_door) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT door.closed_at IS NULL AND nrm.own_access_is_safe(door.case_ref) AND EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = door.case_ref AND organisation = door.organisation AND role = 'CM'
          AND compartment = 'D10' AND state = 'open' AND NOT is_kept AND closed_at IS NULL
          AND until > now())
$$;

-- In whose name a door writes: one account an organisation, without a passphrase, that cannot sign in.
CREATE FUNCTION nrm.person_account(house uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE found uuid; name text := 'own-door-' || house;
BEGIN
    INSERT INTO public.accounts_account (ref, sign_in_name, display_name, organisation_id, language,
        is_active, is_officer, password)
    VALUES (gen_random_uuid(), name, 'The person', house, 'en', false, false, '!')
    ON CONFLICT (sign_in_name) DO NOTHING;
    SELECT ref INTO found FROM public.accounts_account WHERE sign_in_name = name;
    RETURN found;
END $$;

CREATE FUNCTION nrm.note_own_door(door nrm.own_door, what text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.journal (account, organisation, action, case_ref)
    VALUES (nrm.person_account(door.organisation), door.organisation, what, door.case_ref)
$$;
CREATE FUNCTION nrm.tell_of_own_door(door nrm.own_door, to_organisation uuid, to_role text, what text)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
    VALUES (to_organisation, to_role, what, door.door_ref, door.organisation, now())
$$;

-- Closing destroys the keys: what was sealed for her opens with no code any more.
CREATE FUNCTION nrm.shut_own_door(in_case uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    UPDATE nrm.own_door SET closed_at = now() WHERE case_ref = in_case AND closed_at IS NULL;
    DELETE FROM nrm.own_session USING nrm.own_door
    WHERE own_session.door_ref = own_door.door_ref AND own_door.case_ref = in_case;
    DELETE FROM nrm.own_view USING nrm.own_door
    WHERE own_view.door_ref = own_door.door_ref AND own_door.case_ref = in_case;
END $$;
CREATE FUNCTION nrm.shut_with_fact() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.shut_own_door(NEW.case_ref);
    RETURN NULL;
END $$;
CREATE FUNCTION nrm.forget_own_door() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.shut_own_door(NEW.case_ref);
    DELETE FROM nrm.own_door WHERE case_ref = NEW.case_ref;
    DELETE FROM nrm.own_letter WHERE case_ref = NEW.case_ref;
    RETURN NULL;
END $$;

-- Kept with its fact, by who recorded it. A new card takes the place of the one before.
CREATE FUNCTION nrm.open_own_door(of_fact uuid, hash bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE opening nrm.fact; door nrm.own_door;
BEGIN
    SELECT * INTO opening FROM nrm.fact WHERE fact_ref = of_fact AND kind = 'own_door_opened'
        AND actor = nrm.reader_account() AND recorded_at = now();
    IF (opening.open ->> 'wanted') IS DISTINCT FROM 'true'
        OR coalesce((opening.open ->> 'looked_on')::date > current_date, true) THEN
        RAISE EXCEPTION 'A door is opened with its fact, when she wants it and saw the page before.'
            USING ERRCODE = 'NR403';
    END IF;
    PERFORM nrm.shut_own_door(opening.case_ref);
    INSERT INTO nrm.own_door (door_ref, case_ref, organisation, code_hash, language, tells_duress)
    VALUES (of_fact, opening.case_ref, opening.organisation, hash, opening.open ->> 'language',
        coalesce((opening.open ->> 'tells_duress')::boolean, false))
    RETURNING * INTO door;
    IF NOT nrm.own_door_stands(door) THEN
        RAISE EXCEPTION 'No standing assessment says that a page of her own is safe.'
            USING ERRCODE = 'NR403';
    END IF;
END $$;

-- The first sign-in happens beside her case manager, within the hour, with the code from the card.
CREATE FUNCTION nrm.begin_own_door(in_case uuid, hash bytea, new_salt bytea, new_memory int,
    new_passes int, proofs bytea[], privates bytea[], publics bytea[], harmless_page bytea)
RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE door nrm.own_door;
BEGIN
    SELECT * INTO door FROM nrm.own_door WHERE case_ref = in_case AND code_hash = hash
        AND begun_at IS NULL AND opened_at > now() - interval '1 hour'
        AND organisation = nrm.reader_organisation() AND nrm.has_row(in_case, 'D10', true) FOR UPDATE;
    IF door.door_ref IS NULL OR NOT nrm.own_door_stands(door) THEN
        RETURN NULL;
    END IF;
    UPDATE nrm.own_door SET begun_at = now(), salt = new_salt, memory_kib = new_memory,
        passes = new_passes WHERE door_ref = door.door_ref;
    INSERT INTO nrm.own_view (door_ref, is_harmless, proof_hash, sealed_private, public_key, page)
    SELECT door.door_ref, place > 1, sha256(proofs[place]), privates[place], publics[place],
        CASE WHEN place > 1 THEN harmless_page END
    FROM generate_subscripts(proofs, 1) AS place WHERE place <= 2;
    PERFORM nrm.write_journal('own_door_begun', in_case, '{}', NULL);
    RETURN door.door_ref;
END $$;

-- For the organisation that opened it: what of it stands, and nothing that opens it.
CREATE FUNCTION nrm.own_door_state(in_case uuid)
RETURNS TABLE (door_ref uuid, begun_at timestamptz, closed_at timestamptz, stands boolean, tries int,
    may_begin boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT door.door_ref, door.begun_at, door.closed_at, nrm.own_door_stands(door), door.tries,
        door.begun_at IS NULL AND door.opened_at > now() - interval '1 hour'
            AND nrm.own_door_stands(door)
    FROM nrm.own_door AS door WHERE door.case_ref = in_case AND nrm.has_row(in_case, 'D10', true)
    ORDER BY door.opened_at DESC LIMIT 1
$$;

-- Signing in: first the salt, then a proof. An unknown, closed or lapsed code gives nothing, like a
-- passphrase that is wrong; after five wrong ones the door waits longer each time, after twenty it
-- closes for good. The row is locked meanwhile, so no number of processes tries faster.
CREATE FUNCTION nrm.own_door_salt(hash bytea) RETURNS TABLE (salt bytea, memory_kib int, passes int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT door.salt, door.memory_kib, door.passes FROM nrm.own_door AS door
    WHERE door.code_hash = hash AND door.begun_at IS NOT NULL AND door.closed_at IS NULL
$$;
CREATE FUNCTION nrm.enter_own_door(hash bytea, proof bytea, token text)
RETURNS TABLE (door_ref uuid, sealed_private bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE door nrm.own_door; opened nrm.own_view;
BEGIN
    SELECT * INTO door FROM nrm.own_door WHERE code_hash = hash AND begun_at IS NOT NULL
        AND closed_at IS NULL FOR UPDATE;
    IF door.door_ref IS NULL OR NOT nrm.own_door_stands(door) OR (door.tries >= 5
        AND door.tried_at > now() - interval '15 minutes' * (door.tries - 4)) THEN
        RETURN;
    END IF;
    SELECT * INTO opened FROM nrm.own_view
    WHERE own_view.door_ref = door.door_ref AND proof_hash = sha256(proof);
    IF opened.door_ref IS NULL THEN
        UPDATE nrm.own_door SET tries = door.tries + 1, tried_at = now()
        WHERE own_door.door_ref = door.door_ref;
        IF door.tries + 1 IN (5, 20) THEN
            PERFORM nrm.tell_of_own_door(door, door.organisation, 'CM', 'page_tried_with_wrong_words');
        END IF;
        IF door.tries + 1 >= 20 THEN
            PERFORM nrm.shut_own_door(door.case_ref);
        END IF;
        RETURN;
    END IF;
    UPDATE nrm.own_door SET tries = 0, tried_at = NULL WHERE own_door.door_ref = door.door_ref;
    DELETE FROM nrm.own_session WHERE expires_at < now();
    INSERT INTO nrm.own_session (token_hash, door_ref, is_harmless)
    VALUES (nrm.hash_of(token), door.door_ref, opened.is_harmless);
    IF NOT opened.is_harmless THEN
        PERFORM nrm.note_own_door(door, 'own_door_entered');
    ELSIF door.tells_duress THEN
        PERFORM nrm.note_own_door(door, 'own_door_forced');
        PERFORM nrm.tell_of_own_door(door, door.organisation, 'CM', 'page_opened_under_pressure');
    END IF;
    RETURN QUERY SELECT door.door_ref, opened.sealed_private;
END $$;

-- The door of a live session: five minutes idle, twenty in all, and only while the door stands.
CREATE FUNCTION nrm.own_session_of(token text) RETURNS nrm.own_session
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT own_session FROM nrm.own_session JOIN nrm.own_door AS door USING (door_ref)
    WHERE token_hash = nrm.hash_of(token) AND expires_at > now()
      AND seen_at > now() - interval '5 minutes' AND nrm.own_door_stands(door)
$$;
CREATE FUNCTION nrm.keep_own_session_key(token text, locked bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.own_session SET session_key = locked
    WHERE token_hash = (nrm.own_session_of(token)).token_hash
$$;
CREATE FUNCTION nrm.own_page(token text)
RETURNS TABLE (door_ref uuid, session_key bytea, language text, page bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE live nrm.own_session := nrm.own_session_of(token);
BEGIN
    UPDATE nrm.own_session SET seen_at = now() WHERE token_hash = live.token_hash;
    RETURN QUERY SELECT live.door_ref, live.session_key, door.language, seen.page
        FROM nrm.own_door AS door JOIN nrm.own_view AS seen ON seen.door_ref = door.door_ref
        WHERE door.door_ref = live.door_ref AND seen.is_harmless = live.is_harmless;
END $$;
-- Who read sealed parts of her case: organisation and role, of a house the role only.
CREATE FUNCTION nrm.own_page_seen_by(token text) RETURNS TABLE (name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT DISTINCT CASE WHEN coalesce(held.role, 'SH') IN ('SH', 'ND') THEN '' ELSE house.name END,
        coalesce(held.role, '')
    FROM nrm.own_session_of(token) AS live
    JOIN nrm.own_door AS door ON door.door_ref = live.door_ref
    JOIN nrm.journal AS entry ON entry.case_ref = door.case_ref AND entry.action LIKE 'read\_%'
    JOIN public.accounts_organisation AS house ON house.ref = entry.organisation
    LEFT JOIN LATERAL (
        SELECT min(access.role) AS role
        FROM nrm.access JOIN public.accounts_membership AS membership
            ON membership.role = access.role AND membership.account_id = entry.account
        WHERE access.case_ref = door.case_ref AND access.organisation = entry.organisation
          AND access.compartment = ANY (entry.compartments) AND access.opens_at <= entry.at
    ) AS held ON true
    WHERE NOT live.is_harmless AND cardinality(entry.compartments) > 0
$$;
CREATE FUNCTION nrm.speak_own_page(token text, in_language text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.own_door SET language = in_language
    WHERE door_ref = (nrm.own_session_of(token)).door_ref
      AND in_language ~ '^[a-z]{2,3}(-[A-Za-z]{2,8})?$'
$$;
CREATE FUNCTION nrm.leave_own_page(token text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    DELETE FROM nrm.own_session WHERE token_hash = nrm.hash_of(token)
$$;

-- Her letters: to her case manager under the key of her consents, a complaint under the key of the
-- data-protection officers of her State, who are not of the organisation that keeps her case.
CREATE FUNCTION nrm.own_letter_key(token text, of_about text)
RETURNS TABLE (case_ref uuid, organisation uuid, role text, key_version int, public_key bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT door.case_ref, door.organisation, 'CM', key.version, key.public_key
    FROM nrm.own_session_of(token) AS live
    JOIN nrm.own_door AS door ON door.door_ref = live.door_ref
    JOIN LATERAL (SELECT version, scope_key.public_key FROM nrm.scope_key
        WHERE scope_key.case_ref = door.case_ref AND compartment = 'D10'
        ORDER BY version DESC LIMIT 1) AS key ON true
    WHERE of_about IN ('own_words', 'correction', 'feedback')
    UNION ALL
    (SELECT door.case_ref, office.ref, 'DP', 0, key.public_key
    FROM nrm.own_session_of(token) AS live
    JOIN nrm.own_door AS door ON door.door_ref = live.door_ref
    JOIN nrm.case_head AS head ON head.case_ref = door.case_ref
    JOIN public.accounts_organisation AS office ON office.jurisdiction = head.jurisdiction
        AND 'DP' = ANY (office.roles) AND office.ref <> door.organisation
    JOIN nrm.group_key AS key ON key.organisation = office.ref AND key.role = 'DP'
    WHERE of_about = 'complaint' ORDER BY office.name LIMIT 1)
$$;
-- Thirty a day at most. What is written under pressure is shown in that view; her case manager reads it,
-- and is told, only where she agreed.
CREATE FUNCTION nrm.send_own_letter(token text, ref uuid, of_about text, to_key int, locked bytea)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE live nrm.own_session := nrm.own_session_of(token); door nrm.own_door; goes record;
BEGIN
    SELECT * INTO door FROM nrm.own_door WHERE door_ref = live.door_ref FOR UPDATE;
    SELECT * INTO goes FROM nrm.own_letter_key(token, of_about);
    IF goes.case_ref IS NULL OR octet_length(locked) > 40000 OR 30 <= (SELECT count(*)
        FROM nrm.own_letter WHERE door_ref = door.door_ref AND sent_at > now() - interval '1 day') THEN
        RETURN false;
    END IF;
    INSERT INTO nrm.own_letter (letter_ref, case_ref, door_ref, about, organisation, role, key_version,
        sealed, is_forced)
    VALUES (ref, door.case_ref, door.door_ref, of_about, goes.organisation, goes.role, to_key, locked,
        live.is_harmless);
    IF door.tells_duress OR NOT live.is_harmless THEN
        PERFORM nrm.tell_of_own_door(door, goes.organisation, goes.role, 'letter_from_her');
    END IF;
    RETURN true;
END $$;
CREATE FUNCTION nrm.own_letters(token text)
RETURNS TABLE (letter_ref uuid, about text, sent_at timestamptz, answer bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT letter.letter_ref, letter.about, letter.sent_at, letter.answer
    FROM nrm.own_session_of(token) AS live
    JOIN nrm.own_letter AS letter ON letter.door_ref = live.door_ref
        AND letter.is_forced = live.is_harmless
    ORDER BY letter.sent_at DESC
$$;

-- Letters, for those they are for: a case manager of the case, or an officer the complaint went to.
CREATE FUNCTION nrm.may_read_own_letter(letter nrm.own_letter) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT (NOT letter.is_forced OR EXISTS (SELECT 1 FROM nrm.own_door AS door
            WHERE door.door_ref = letter.door_ref AND door.tells_duress))
        AND CASE letter.role WHEN 'CM' THEN 'CM' = ANY (nrm.reader_roles())
            AND nrm.has_row(letter.case_ref, 'D10', true)
        ELSE letter.organisation = nrm.reader_organisation() AND 'DP' = ANY (nrm.reader_roles()) END
$$;
CREATE FUNCTION nrm.read_own_letters(in_case uuid)
RETURNS TABLE (letter_ref uuid, about text, sent_at timestamptz, is_forced boolean, key_version int,
    sealed bytea, answered_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE total int;
BEGIN
    SELECT count(*) INTO total FROM nrm.own_letter AS letter
    WHERE (letter.role = 'DP' OR letter.case_ref = in_case)
      AND (letter.role = 'DP') = (in_case IS NULL) AND nrm.may_read_own_letter(letter);
    IF total > 0 THEN
        PERFORM nrm.write_journal('own_letters_read', in_case, '{}', total);
    END IF;
    RETURN QUERY SELECT letter.letter_ref, letter.about, letter.sent_at, letter.is_forced,
            letter.key_version, letter.sealed, letter.answered_at
        FROM nrm.own_letter AS letter
        WHERE (letter.role = 'DP' OR letter.case_ref = in_case)
          AND (letter.role = 'DP') = (in_case IS NULL) AND nrm.may_read_own_letter(letter)
        ORDER BY letter.sent_at DESC;
END $$;
-- The key an answer is sealed to; nothing once the door it came through is closed.
CREATE FUNCTION nrm.own_answer_key(of_letter uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT seen.public_key FROM nrm.own_letter AS letter
    JOIN nrm.own_view AS seen ON seen.door_ref = letter.door_ref AND NOT seen.is_harmless
    WHERE letter.letter_ref = of_letter AND nrm.may_read_own_letter(letter)
$$;
CREATE FUNCTION nrm.answer_own_letter(of_letter uuid, locked bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    UPDATE nrm.own_letter AS letter SET answer = locked, answered_at = now()
    WHERE letter_ref = of_letter AND answered_at IS NULL AND nrm.may_read_own_letter(letter);
    IF FOUND THEN
        PERFORM nrm.write_journal('own_letter_answered', NULL, '{}', NULL);
    END IF;
    RETURN FOUND;
END $$;

-- Her page is one of the projections: made anew with every change of the case, sealed to her key.
CREATE FUNCTION nrm.own_page_key(in_case uuid) RETURNS TABLE (door_ref uuid, public_key bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT door.door_ref, seen.public_key FROM nrm.own_door AS door
    JOIN nrm.own_view AS seen ON seen.door_ref = door.door_ref AND NOT seen.is_harmless
    WHERE door.case_ref = in_case AND door.closed_at IS NULL
$$;
CREATE FUNCTION nrm.keep_own_page(of_door uuid, locked bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.own_view SET page = locked WHERE door_ref = of_door AND NOT is_harmless
$$;

-- What she does herself: she takes a consent back, or closes her door. It is added to the record in
-- her name, and what rested on it closes in the same transaction.
CREATE FUNCTION nrm.append_as_person(door nrm.own_door, of_kind text, part text, content jsonb)
RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE fact nrm.fact; head nrm.case_head;
BEGIN
    SELECT * INTO head FROM nrm.case_head WHERE case_ref = door.case_ref FOR UPDATE;
    fact.fact_ref := gen_random_uuid(); fact.case_ref := door.case_ref;
    fact.position := head.length + 1; fact.compartment := part;
    fact.sequence := nrm.next_sequence(door.case_ref, part); fact.kind := of_kind;
    fact.at := now(); fact.recorded_at := now();
    fact.actor := nrm.person_account(door.organisation); fact.organisation := door.organisation;
    fact.basis := 'consent'; fact.open := content; fact.key_version := 0;
    fact.open_salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    fact.sealed_salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    fact.open_digest := nrm.open_digest_of(fact);
    fact.sealed_digest := nrm.sealed_digest_of(fact);
    fact.previous := head.hash;
    fact.hash := nrm.chain_hash(fact);
    INSERT INTO nrm.fact SELECT fact.*;
    UPDATE nrm.case_head SET length = fact.position, hash = fact.hash WHERE case_ref = door.case_ref;
    PERFORM nrm.note_own_door(door, of_kind);
    RETURN fact.fact_ref;
END $$;

-- Locks the case of a live session for this transaction; nothing for a harmless one.
CREATE FUNCTION nrm.own_step(token text) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT head.case_ref FROM nrm.own_session_of(token) AS live
    JOIN nrm.own_door AS door ON door.door_ref = live.door_ref AND NOT live.is_harmless
    JOIN nrm.case_head AS head ON head.case_ref = door.case_ref FOR UPDATE OF head
$$;

-- Replaced: closing is asked for by who works on the case, or by the person herself.
ALTER FUNCTION nrm.close_access(uuid, uuid, uuid) RENAME TO close_rows;
CREATE OR REPLACE FUNCTION nrm.close_rows(in_case uuid, of_basis uuid, of_offer uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE sheet uuid;
BEGIN
    IF (of_basis IS NOT NULL AND NOT nrm.is_withdrawn(in_case, of_basis)
            AND NOT nrm.hold_has_ended(in_case, of_basis)
            AND (nrm.opinion_on(in_case, of_basis)).fact_ref IS NULL)
        OR (of_offer IS NOT NULL AND NOT nrm.is_declined(in_case, of_offer)) THEN
        RAISE EXCEPTION 'Access is closed by a withdrawal or a refusal in the record.'
            USING ERRCODE = 'NR403';
    END IF;
    IF of_basis IS NOT NULL AND nrm.is_withdrawn(in_case, of_basis) THEN
        FOR sheet IN SELECT access_ref FROM nrm.access
            WHERE case_ref = in_case AND compartment = 'D16' AND role IN ('SH', 'HC', 'ND')
              AND offer_fact IS NOT NULL AND state <> 'offered' AND NOT is_kept
              AND closed_at IS NULL AND until > now()
              AND basis_fact IN (SELECT fact_ref FROM nrm.versions(in_case, of_basis)) LOOP
            UPDATE nrm.access SET closed_at = clock_timestamp()
            WHERE access_ref <> sheet AND case_ref = in_case AND is_kept AND closed_at IS NULL
              AND (offer_fact, role) = (
                  SELECT offer_fact, role FROM nrm.access WHERE access_ref = sheet);
            PERFORM nrm.keep_sheet(sheet, now());
        END LOOP;
    END IF;
    UPDATE nrm.access SET closed_at = clock_timestamp()
    WHERE case_ref = in_case AND closed_at IS NULL
      AND (offer_fact = of_offer OR (NOT is_kept
        AND basis_fact IN (SELECT fact_ref FROM nrm.versions(in_case, of_basis)))
        -- What the night duty opened on it ends with it; it can open what stays.
        OR (role = 'ND' AND state = 'open' AND NOT is_kept AND offer_fact IN (
            SELECT ended.offer_fact FROM nrm.access AS ended WHERE ended.case_ref = in_case
              AND ended.basis_fact IN (
                  SELECT fact_ref FROM nrm.versions(in_case, of_basis)))));
    UPDATE nrm.access SET closed_at = clock_timestamp()
    WHERE case_ref = in_case AND closed_at IS NULL AND basis_fact IN (
        SELECT fact_ref FROM nrm.fact AS held
        WHERE held.case_ref = in_case AND held.kind = 'act_held'
          AND NOT nrm.house_keeps(in_case, held.organisation, 'D14'));
    DELETE FROM nrm.wrap USING nrm.access AS closed
    WHERE wrap.access_ref = closed.access_ref AND closed.case_ref = in_case
      AND closed.closed_at IS NOT NULL;
    DELETE FROM nrm.search_entry AS entry WHERE entry.case_ref = in_case AND NOT EXISTS (
        SELECT 1 FROM nrm.access AS other
        WHERE other.case_ref = in_case AND other.organisation = entry.organisation
          AND other.compartment = entry.compartment AND other.closed_at IS NULL);
END $$;
CREATE FUNCTION nrm.close_access(in_case uuid, of_basis uuid, of_offer uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.has_offer(in_case, NULL) THEN
        RAISE EXCEPTION 'Only who works on a case closes access to it.' USING ERRCODE = 'NR403';
    END IF;
    PERFORM nrm.close_rows(in_case, of_basis, of_offer);
END $$;

-- `lost` are the acts that wait for a second person and lose their ground with this consent.
CREATE FUNCTION nrm.withdraw_own(token text, consent uuid, lost uuid[], notices jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE live nrm.own_session := nrm.own_session_of(token); door nrm.own_door; one uuid; told jsonb;
BEGIN
    SELECT * INTO door FROM nrm.own_door WHERE door_ref = live.door_ref;
    IF door.door_ref IS NULL OR live.is_harmless OR NOT EXISTS (
        SELECT 1 FROM nrm.fact WHERE fact_ref = consent AND case_ref = door.case_ref
          AND kind = 'consent_given') OR nrm.is_withdrawn(door.case_ref, consent) THEN
        RETURN false;
    END IF;
    PERFORM nrm.append_as_person(door, 'consent_withdrawn', 'D10', jsonb_build_object(
        'consent', consent, 'withdrawn_on', current_date, 'reason', 'no_reason_given'));
    FOREACH one IN ARRAY lost LOOP
        IF EXISTS (SELECT 1 FROM nrm.fact WHERE fact_ref = one AND case_ref = door.case_ref
            AND kind = 'act_held') THEN
            PERFORM nrm.append_as_person(door, 'hold_ended', 'D14',
                jsonb_build_object('answers', one, 'how', 'given_up'));
            PERFORM nrm.close_rows(door.case_ref, one, NULL);
        END IF;
    END LOOP;
    PERFORM nrm.close_rows(door.case_ref, consent, NULL);
    FOR told IN SELECT value FROM jsonb_array_elements(notices) LOOP
        INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
        SELECT (told ->> 'organisation')::uuid, told ->> 'role', told ->> 'kind',
            (told ->> 'about')::uuid, door.organisation, now()
        WHERE told ->> 'kind' IN ('consent_withdrawn', 'hold_given_up') AND NOT EXISTS (
            SELECT 1 FROM public.accounts_organisation
            WHERE ref = (told ->> 'organisation')::uuid AND is_enforcement);
    END LOOP;
    PERFORM nrm.tell_of_own_door(door, door.organisation, 'CM', 'consent_taken_back_by_her');
    RETURN true;
END $$;
-- Closing is the safe way, so it works in the harmless view too.
CREATE FUNCTION nrm.close_own(token text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE live nrm.own_session := nrm.own_session_of(token); door nrm.own_door;
BEGIN
    SELECT * INTO door FROM nrm.own_door WHERE door_ref = live.door_ref;
    IF door.door_ref IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM nrm.append_as_person(door, 'own_door_closed', 'D10',
        jsonb_build_object('reason', 'closed_by_herself'));
    PERFORM nrm.tell_of_own_door(door, door.organisation, 'CM', 'page_closed_by_her');
    RETURN door.case_ref;
END $$;

DO $$
DECLARE signature text;
BEGIN
    FOR signature IN SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace = 'nrm'::regnamespace AND proacl IS NULL AND prosecdef LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION nrm.close_rows(uuid, uuid, uuid) FROM opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.close_access(uuid, uuid, uuid), nrm.open_own_door(uuid, bytea),
    nrm.own_page_key(uuid), nrm.keep_own_page(uuid, bytea), nrm.own_step(text),
    nrm.withdraw_own(text, uuid, uuid[], jsonb), nrm.close_own(text) TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.own_door_state(uuid), nrm.own_door_salt(bytea),
    nrm.begin_own_door(uuid, bytea, bytea, int, int, bytea[], bytea[], bytea[], bytea),
    nrm.enter_own_door(bytea, bytea, text), nrm.keep_own_session_key(text, bytea),
    nrm.own_page(text), nrm.own_page_seen_by(text), nrm.speak_own_page(text, text),
    nrm.leave_own_page(text), nrm.own_letter_key(text, text), nrm.own_letters(text),
    nrm.send_own_letter(text, uuid, text, int, bytea), nrm.read_own_letters(uuid),
    nrm.own_answer_key(uuid), nrm.answer_own_letter(uuid, bytea) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.shut_with_fact(), nrm.forget_own_door() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
CREATE TRIGGER shuts_own_door AFTER INSERT ON nrm.fact FOR EACH ROW
    WHEN (NEW.kind = 'own_door_closed') EXECUTE FUNCTION nrm.shut_with_fact();
CREATE TRIGGER forgets_own_door AFTER INSERT ON nrm.erasure
    FOR EACH ROW EXECUTE FUNCTION nrm.forget_own_door();
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.shut_with_fact(), nrm.forget_own_door() FROM opennrm_owner;
RESET ROLE;
