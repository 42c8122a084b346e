-- Emergency at night: the safety sheet stands by, sealed, for the night duty (ND) of a house that
-- accepted her. Its wraps are made with the offer and with every later key; its rows show nothing
-- until an opening with a reason is in the record, and then for a day at most.
ALTER TABLE nrm.fact_kind DROP CONSTRAINT fact_kind_needs_check;
ALTER TABLE nrm.fact_kind ADD CONSTRAINT fact_kind_needs_check CHECK (
    needs IN ('write', 'read', 'addressee', 'addressee_or_write', 'any', 'standby'));
ALTER TABLE nrm.access DROP CONSTRAINT access_state_check;
ALTER TABLE nrm.access ADD CONSTRAINT access_state_check
    CHECK (state IN ('offered', 'open', 'standby'));
ALTER TABLE nrm.access ADD CONSTRAINT by_night_the_sheet CHECK (role <> 'ND' OR (
    compartment = 'D16' AND mode = 'read' AND account IS NULL));
ALTER TABLE nrm.access ADD CONSTRAINT stands_by_at_night CHECK (state <> 'standby' OR role = 'ND');
ALTER TABLE nrm.access DROP CONSTRAINT kept_is_the_sheet;
ALTER TABLE nrm.access ADD CONSTRAINT kept_is_the_sheet CHECK (NOT is_kept OR (
    compartment = 'D16' AND mode = 'read' AND until <= opens_at + interval '90 days'
    AND ((role IN ('SH', 'HC') AND state = 'open') OR (role = 'ND' AND state <> 'offered'))));

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- The sheet that stands by for the reader in a case, if one does.
CREATE FUNCTION nrm.standby_row(in_case uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT access_ref FROM nrm.access
    WHERE case_ref = in_case AND role = 'ND' AND state = 'standby'
      AND closed_at IS NULL AND until > now() AND (NOT is_kept OR opens_at <= now())
      AND organisation = (SELECT nrm.reader_organisation())
      AND 'ND' = ANY ((SELECT nrm.reader_roles())::text[])
    ORDER BY is_kept, until DESC LIMIT 1
$$;
-- How the night duty finds them: only those that are not open to it already.
CREATE FUNCTION nrm.standing_by() RETURNS TABLE (case_ref uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT DISTINCT sheet.case_ref FROM nrm.access AS sheet
    WHERE sheet.role = 'ND' AND sheet.state = 'standby'
      AND sheet.organisation = (SELECT nrm.reader_organisation())
      AND nrm.standby_row(sheet.case_ref) IS NOT NULL
      AND NOT nrm.has_row(sheet.case_ref, 'D16', false)
$$;
CREATE FUNCTION nrm.lock_standing_by(in_case uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.standby_row(in_case) IS NULL THEN
        RETURN false;
    END IF;
    PERFORM 1 FROM nrm.case_head WHERE case_ref = in_case FOR UPDATE;
    RETURN nrm.standby_row(in_case) IS NOT NULL;
END $$;

-- Opens what stands by, on an opening the reader recorded in this transaction: a row of its own,
-- with the wraps that are there, for a day at most.
CREATE FUNCTION nrm.open_in_emergency(in_case uuid, opening uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE said nrm.fact; sheet nrm.access; woken uuid := gen_random_uuid();
BEGIN
    SELECT * INTO said FROM nrm.fact WHERE case_ref = in_case AND fact_ref = opening
      AND kind = 'emergency_opened' AND actor = nrm.reader_account() AND recorded_at = now();
    SELECT * INTO sheet FROM nrm.access WHERE access_ref = nrm.standby_row(in_case);
    IF said.fact_ref IS NULL OR sheet.access_ref IS NULL
        OR said.open ->> 'part' IS DISTINCT FROM sheet.compartment THEN
        RAISE EXCEPTION 'It opens on an emergency in the record.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.access (access_ref, case_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until, is_kept)
    VALUES (woken, in_case, sheet.organisation, 'ND', NULL, sheet.compartment, 'read', 'open',
        opening, sheet.offer_fact, CASE WHEN sheet.is_kept THEN sheet.opens_at ELSE now() END,
        least((said.open ->> 'until')::timestamptz, now() + interval '24 hours', sheet.until),
        sheet.is_kept);
    INSERT INTO nrm.wrap SELECT woken, version, ciphertext FROM nrm.wrap
    WHERE access_ref = sheet.access_ref;
END $$;

-- Replaced: what stands by gives no right of its own.
CREATE OR REPLACE FUNCTION nrm.has_offer(in_case uuid, offer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND (offer IS NULL OR offer_fact = offer)
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND closed_at IS NULL AND until > now()
          AND (NOT is_kept OR opens_at <= now())
          AND (role <> 'ND' OR state = 'open')
    )
$$;
-- Replaced: an emergency is recorded by whom the sheet stands by for.
CREATE OR REPLACE FUNCTION nrm.require_right_to_add(in_case uuid, in_kind text, part text, content jsonb)
RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE known nrm.fact_kind; allowed boolean; answered uuid;
BEGIN
    SELECT * INTO known FROM nrm.fact_kind WHERE kind = in_kind;
    IF known.kind IS NULL OR (known.scope IS NOT NULL AND known.scope <> rtrim(part, 'S')) THEN
        RAISE EXCEPTION 'Kind % does not belong in %.', in_kind, part USING ERRCODE = 'NR400';
    END IF;
    IF known.scope IS NULL AND part IS DISTINCT FROM (content ->> 'scope') || 'S' THEN
        RAISE EXCEPTION 'A summary goes to the extract of its scope.' USING ERRCODE = 'NR400';
    END IF;
    answered := CASE WHEN content ->> 'answers' ~ '^[0-9a-f-]{36}$'
                     THEN (content ->> 'answers')::uuid END;
    allowed := nrm.just_started(in_case) OR CASE known.needs
        WHEN 'write' THEN nrm.has_row(in_case, part, true)
            OR (known.scope IS NULL AND nrm.has_row(in_case, rtrim(part, 'S'), false))
        WHEN 'read' THEN nrm.has_row(in_case, part, false)
        WHEN 'addressee' THEN answered IS NOT NULL AND nrm.has_offer(in_case, answered)
        WHEN 'addressee_or_write' THEN nrm.has_row(in_case, part, true)
            OR (answered IS NOT NULL AND nrm.has_offer(in_case, answered))
        WHEN 'any' THEN nrm.has_row(in_case, NULL, false)
        WHEN 'standby' THEN nrm.standby_row(in_case) IS NOT NULL
    END;
    IF NOT allowed THEN
        RAISE EXCEPTION 'No open row permits % in %.', in_kind, part USING ERRCODE = 'NR403';
    END IF;
END $$;
-- Replaced: the night duty of a house stands on what she agreed to for the house.
CREATE OR REPLACE FUNCTION nrm.require_basis(
    in_case uuid, on_basis uuid, to_organisation uuid, to_role text, part text, ends timestamptz
) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.just_started(in_case) AND to_organisation = nrm.reader_organisation() AND EXISTS (
        SELECT 1 FROM nrm.fact JOIN public.accounts_organisation AS own
            ON own.ref = fact.organisation AND to_role = ANY (own.roles)
        WHERE fact_ref = on_basis AND case_ref = in_case AND position = 1
    ) THEN
        RETURN;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM (
            SELECT * FROM nrm.versions(in_case, on_basis) ORDER BY position DESC LIMIT 1
        ) AS given
        WHERE given.kind IN ('consent_given', 'legal_duty_relied_on')
          AND given.open ->> 'recipient' = to_organisation::text
          AND given.open ->> 'recipient_role' = CASE to_role WHEN 'ND' THEN 'SH' ELSE to_role END
          AND given.open -> 'scopes' ? part
          AND (given.open ->> 'until')::timestamptz >= ends
    ) OR nrm.is_withdrawn(in_case, on_basis) THEN
        RAISE EXCEPTION 'No consent or legal duty in the record covers this.'
            USING ERRCODE = 'NR403';
    END IF;
END $$;
-- Replaced: what stands by goes on standing by; what stays for the house stays for its night.
CREATE OR REPLACE FUNCTION nrm.keep_sheet(row_ref uuid, begins timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE before nrm.access; kept uuid := gen_random_uuid();
BEGIN
    SELECT * INTO before FROM nrm.access WHERE access_ref = row_ref;
    INSERT INTO nrm.access (access_ref, case_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until, is_kept)
    VALUES (kept, before.case_ref, before.organisation, before.role, before.account,
        before.compartment, 'read', before.state, before.basis_fact, before.offer_fact, begins,
        begins + interval '90 days', true);
    INSERT INTO nrm.wrap SELECT kept, version, ciphertext FROM nrm.wrap
    WHERE access_ref = row_ref;
END $$;
CREATE OR REPLACE FUNCTION nrm.open_access(in_case uuid, offer uuid, moment timestamptz)
RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE opened int; sheet record;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM nrm.fact
        WHERE case_ref = in_case AND kind IN ('referral_acknowledged', 'offer_answered')
          AND open ->> 'answers' = offer::text AND open ->> 'answer' = 'accepted'
          AND organisation = nrm.reader_organisation()) THEN
        RAISE EXCEPTION 'It opens when the organisation it was offered to accepts.'
            USING ERRCODE = 'NR403';
    END IF;
    UPDATE nrm.access SET state = CASE role WHEN 'ND' THEN 'standby' ELSE 'open' END,
        opens_at = moment
    WHERE case_ref = in_case AND offer_fact = offer AND state = 'offered' AND closed_at IS NULL
      AND until > now() AND organisation = (SELECT nrm.reader_organisation())
      AND nrm.agreement_in_force(organisation);
    GET DIAGNOSTICS opened = ROW_COUNT;
    IF opened = 0 THEN
        RETURN 0;
    END IF;
    FOR sheet IN SELECT access_ref, role, until FROM nrm.access
        WHERE case_ref = in_case AND offer_fact = offer AND compartment = 'D16'
          AND role IN ('SH', 'HC', 'ND') AND NOT is_kept AND closed_at IS NULL AND until > now()
          AND organisation = (SELECT nrm.reader_organisation()) LOOP
        UPDATE nrm.access SET closed_at = clock_timestamp()
        WHERE case_ref = in_case AND is_kept AND closed_at IS NULL AND role = sheet.role
          AND organisation = (SELECT nrm.reader_organisation());
        PERFORM nrm.keep_sheet(sheet.access_ref, sheet.until);
    END LOOP;
    DELETE FROM nrm.wrap USING nrm.access AS closed
    WHERE wrap.access_ref = closed.access_ref AND closed.case_ref = in_case
      AND closed.is_kept AND closed.closed_at IS NOT NULL;
    RETURN opened;
END $$;
CREATE OR REPLACE FUNCTION nrm.close_access(in_case uuid, of_basis uuid, of_offer uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE sheet uuid;
BEGIN
    IF NOT nrm.has_offer(in_case, NULL) THEN
        RAISE EXCEPTION 'Only who works on a case closes access to it.' USING ERRCODE = 'NR403';
    END IF;
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
REVOKE ALL ON FUNCTION nrm.standby_row(uuid), nrm.standing_by(), nrm.lock_standing_by(uuid),
    nrm.open_in_emergency(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.standing_by(), nrm.lock_standing_by(uuid),
    nrm.open_in_emergency(uuid, uuid) TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.standing_by() TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

ALTER POLICY reader ON nrm.access USING (
    organisation = (SELECT nrm.reader_organisation()) AND role = ANY ((SELECT nrm.reader_roles())::text[])
    AND (account IS NULL OR account = (SELECT nrm.reader_account()))
    AND closed_at IS NULL AND until > now() AND (NOT is_kept OR opens_at <= now())
    AND (role <> 'ND' OR state = 'open'));
