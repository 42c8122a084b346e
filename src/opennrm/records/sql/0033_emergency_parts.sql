-- Emergency, beyond the sheet: what the house holds of identity, whereabouts, safety, and the summaries
-- of health and of a child's file stands by for its night duty too. One opening opens one part, says
-- why in a sealed word, wants a factor shown within five minutes, and lasts a day at most; whereabouts
-- stand by for each person by name and open to who asked when a second person on duty agrees.
ALTER TABLE nrm.access DROP CONSTRAINT by_night_the_sheet;
ALTER TABLE nrm.access ADD CONSTRAINT by_night_what_may_be_needed CHECK (role <> 'ND' OR (
    compartment IN ('D2', 'D3', 'D5S', 'D8', 'D11S', 'D16') AND mode = 'read'
    AND (account IS NOT NULL) = (compartment = 'D3')));

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Replaced: whether anything stands by is told by the sheet, which always does.
CREATE OR REPLACE FUNCTION nrm.standby_row(in_case uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT access_ref FROM nrm.access
    WHERE case_ref = in_case AND role = 'ND' AND state = 'standby' AND compartment = 'D16'
      AND closed_at IS NULL AND until > now() AND (NOT is_kept OR opens_at <= now())
      AND organisation = (SELECT nrm.reader_organisation())
      AND 'ND' = ANY ((SELECT nrm.reader_roles())::text[])
    ORDER BY is_kept, until DESC LIMIT 1
$$;
-- The row of one part that stands by in the reader's house, for one person where it is by name.
CREATE FUNCTION nrm.standby_part(in_case uuid, part text, person uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT access_ref FROM nrm.access
    WHERE case_ref = in_case AND role = 'ND' AND state = 'standby' AND compartment = part
      AND closed_at IS NULL AND until > now() AND (account IS NULL OR account = person)
      AND organisation = (SELECT nrm.reader_organisation())
      AND nrm.standby_row(in_case) IS NOT NULL
      -- Whoever left the house, or its night duty, is not handed anything any more.
      AND (account IS NULL OR EXISTS (
          SELECT 1 FROM public.accounts_membership AS held
          JOIN public.accounts_account AS worker ON worker.ref = held.account_id
          WHERE worker.ref = person AND worker.is_active AND held.role = 'ND'))
    ORDER BY until DESC LIMIT 1
$$;
-- The parts that stand by for the reader, told only of a case she has opened tonight; and what waits
-- for a second person in her house.
CREATE FUNCTION nrm.parts_standing_by(in_case uuid) RETURNS TABLE (compartment text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT DISTINCT sleeping.compartment FROM nrm.access AS sleeping
    WHERE sleeping.case_ref = in_case AND sleeping.compartment <> 'D16'
      AND nrm.standby_part(in_case, sleeping.compartment, nrm.reader_account())
          = sleeping.access_ref
      AND nrm.has_row(in_case, NULL, false)
    ORDER BY 1
$$;
CREATE FUNCTION nrm.waits_for_second(question nrm.fact, besides uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT question.kind = 'emergency_asked' AND question.sealed IS NOT NULL
        AND question.organisation = (SELECT nrm.reader_organisation())
        AND question.recorded_at > now() - interval '1 hour'
        AND nrm.standby_part(question.case_ref, question.open ->> 'part', question.actor)
            IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM nrm.fact AS opened
            WHERE opened.case_ref = question.case_ref AND opened.kind = 'emergency_opened'
              AND opened.open ->> 'answers' = question.fact_ref::text
              AND opened.fact_ref IS DISTINCT FROM besides)
$$;
CREATE FUNCTION nrm.emergencies_asked()
RETURNS TABLE (case_ref uuid, asked uuid, part text, reason text, at timestamptz, worker text,
    is_own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT question.case_ref, question.fact_ref, question.open ->> 'part',
        question.open ->> 'reason', question.recorded_at, person.display_name::text,
        question.actor = (SELECT nrm.reader_account())
    FROM nrm.fact AS question JOIN public.accounts_account AS person ON person.ref = question.actor
    WHERE question.kind = 'emergency_asked' AND nrm.waits_for_second(question, NULL)
    ORDER BY question.recorded_at
$$;

-- Replaced: any part that stands by, not the sheet alone.
CREATE OR REPLACE FUNCTION nrm.open_in_emergency(in_case uuid, opening uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE said nrm.fact; question nrm.fact; sleeping nrm.access; woken uuid := gen_random_uuid();
BEGIN
    SELECT * INTO said FROM nrm.fact WHERE case_ref = in_case AND fact_ref = opening
      AND kind = 'emergency_opened' AND actor = nrm.reader_account() AND recorded_at = now();
    IF said.open ->> 'part' = 'D16' THEN
        SELECT * INTO sleeping FROM nrm.access WHERE access_ref = nrm.standby_row(in_case);
    ELSIF said.open ->> 'part' = 'D3' THEN
        SELECT * INTO question FROM nrm.fact WHERE case_ref = in_case
          AND fact_ref::text = said.open ->> 'answers';
        IF nrm.waits_for_second(question, opening) AND question.open ->> 'part' = 'D3'
            AND question.actor <> nrm.reader_account() AND nrm.factor_is_fresh() THEN
            SELECT * INTO sleeping FROM nrm.access
            WHERE access_ref = nrm.standby_part(in_case, 'D3', question.actor);
        END IF;
    ELSIF said.sealed IS NOT NULL AND nrm.factor_is_fresh() THEN
        SELECT * INTO sleeping FROM nrm.access
        WHERE access_ref = nrm.standby_part(in_case, said.open ->> 'part', NULL);
    END IF;
    IF said.fact_ref IS NULL OR sleeping.access_ref IS NULL THEN
        RAISE EXCEPTION 'It opens on an emergency in the record.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.access (access_ref, case_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until, is_kept)
    VALUES (woken, in_case, sleeping.organisation, 'ND', sleeping.account, sleeping.compartment,
        'read', 'open', opening, sleeping.offer_fact,
        CASE WHEN sleeping.is_kept THEN sleeping.opens_at ELSE now() END,
        least((said.open ->> 'until')::timestamptz, now() + interval '24 hours', sleeping.until),
        sleeping.is_kept);
    INSERT INTO nrm.wrap SELECT woken, version, ciphertext FROM nrm.wrap
    WHERE access_ref = sleeping.access_ref;
END $$;
-- Replaced: what is open for one night does not count as somebody else who can open whereabouts.
CREATE OR REPLACE FUNCTION nrm.close_account(person uuid) RETURNS int
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
          AND other.role <> 'ND' AND other.state = 'open' AND other.closed_at IS NULL AND other.until > now());
    DELETE FROM nrm.wrap USING nrm.access AS closed
    WHERE wrap.access_ref = closed.access_ref AND closed.account = person
      AND closed.closed_at IS NOT NULL;
    SELECT count(DISTINCT case_ref) INTO alone FROM nrm.access
    WHERE account = person AND closed_at IS NULL AND until > now();
    PERFORM nrm.write_journal('account_closed', NULL, '{}', NULL);
    RETURN alone;
END $$;
REVOKE ALL ON FUNCTION nrm.standby_part(uuid, text, uuid), nrm.parts_standing_by(uuid),
    nrm.waits_for_second(nrm.fact, uuid), nrm.emergencies_asked() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.parts_standing_by(uuid), nrm.emergencies_asked() TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

-- Who may open nothing of a case this night is not told that it is in the list of who may.
ALTER POLICY reader ON nrm.worklist USING (
    organisation = (SELECT nrm.reader_organisation()) AND role = ANY ((SELECT nrm.reader_roles())::text[])
    AND until > now() AND ((state <> 'kept' AND role <> 'ND') OR EXISTS (SELECT 1 FROM nrm.access
        WHERE access.case_ref = worklist.case_ref AND (access.is_kept OR state <> 'kept')
          AND access.role = worklist.role)));
CREATE INDEX fact_emergency_asked ON nrm.fact (organisation, recorded_at)
    WHERE kind = 'emergency_asked';
