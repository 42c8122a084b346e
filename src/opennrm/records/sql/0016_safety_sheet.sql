-- A lapse never harms: the minimum safety sheet (D16) stays readable to the house that shelters or
-- treats her for ninety days after the consent or duty behind it ended, as it stood at that moment.
-- What stays is a row of its own, made here and nowhere else, with the wraps the house held.
ALTER TABLE nrm.fact DROP CONSTRAINT fact_compartment_check;
ALTER TABLE nrm.fact ADD CONSTRAINT fact_compartment_check
    CHECK (compartment ~ '^D((1[0-4]|[1-9])S?|16)$');
ALTER TABLE nrm.access ADD COLUMN is_kept boolean NOT NULL DEFAULT false;
ALTER TABLE nrm.access ADD CONSTRAINT kept_is_the_sheet CHECK (NOT is_kept OR (
    compartment = 'D16' AND mode = 'read' AND state = 'open' AND role IN ('SH', 'HC')
    AND until <= opens_at + interval '90 days'));
-- The time at which the record kept a fact tells no more than the fact's own time does.
GRANT SELECT (recorded_at) ON nrm.fact TO opennrm_app;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Replaced: a kept row stands from the moment the ground of the others ended.
CREATE OR REPLACE FUNCTION nrm.has_row(in_case uuid, part text, to_write boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND (part IS NULL OR compartment = part)
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND state = 'open' AND closed_at IS NULL AND until > now()
          AND (NOT is_kept OR opens_at <= now())
          AND (mode = 'write' OR NOT to_write)
    )
$$;
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
    )
$$;

-- Replaced: who only keeps the sheet does not hold the case.
CREATE OR REPLACE FUNCTION nrm.house_keeps(in_case uuid, house uuid, part text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND organisation = house AND state = 'open' AND NOT is_kept
          AND closed_at IS NULL AND until > now()
          AND (part IS NULL OR (compartment = part AND mode = 'write'))
          AND NOT nrm.is_withdrawn(in_case, basis_fact))
$$;

-- A fact is shown by a row that is not kept, or was on the sheet before the kept row began.
CREATE FUNCTION nrm.shows(in_case uuid, part text, kept_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND compartment = part
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND state = 'open' AND closed_at IS NULL AND until > now()
          AND (NOT is_kept OR (opens_at <= now() AND kept_at < opens_at))
    )
$$;
CREATE OR REPLACE FUNCTION nrm.read_sealed(in_case uuid, parts text[])
RETURNS TABLE (fact_ref uuid, compartment text, key_version int, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE readable text[]; read_rows int;
BEGIN
    SELECT coalesce(array_agg(part), '{}') INTO readable FROM unnest(parts) AS part
    WHERE nrm.has_row(in_case, part, false);
    SELECT count(*) INTO read_rows FROM nrm.fact
    WHERE fact.case_ref = in_case AND fact.compartment = ANY (readable)
      AND fact.sealed IS NOT NULL AND NOT nrm.is_blind(fact)
      AND (fact.compartment <> 'D16' OR nrm.shows(in_case, 'D16', fact.recorded_at));
    IF read_rows > 0 THEN
        PERFORM nrm.write_journal('read_sealed', in_case, readable, read_rows);
    END IF;
    RETURN QUERY SELECT fact.fact_ref, fact.compartment, fact.key_version, fact.sealed
    FROM nrm.fact
    WHERE fact.case_ref = in_case AND fact.compartment = ANY (readable)
      AND fact.sealed IS NOT NULL AND NOT nrm.is_blind(fact)
      AND (fact.compartment <> 'D16' OR nrm.shows(in_case, 'D16', fact.recorded_at))
    ORDER BY fact.position;
END $$;

-- Makes the row that stays, with the wraps of the row it follows.
CREATE FUNCTION nrm.keep_sheet(row_ref uuid, begins timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE before nrm.access; kept uuid := gen_random_uuid();
BEGIN
    SELECT * INTO before FROM nrm.access WHERE access_ref = row_ref;
    INSERT INTO nrm.access (access_ref, case_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until, is_kept)
    VALUES (kept, before.case_ref, before.organisation, before.role, before.account,
        before.compartment, 'read', 'open', before.basis_fact, before.offer_fact, begins,
        begins + interval '90 days', true);
    INSERT INTO nrm.wrap SELECT kept, version, ciphertext FROM nrm.wrap
    WHERE access_ref = row_ref;
END $$;

-- Replaced: with the sheet opens the row that will stay when the term is over; one that stayed
-- from before is no longer needed.
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
    UPDATE nrm.access SET state = 'open', opens_at = moment
    WHERE case_ref = in_case AND offer_fact = offer AND state = 'offered' AND closed_at IS NULL
      AND until > now() AND organisation = (SELECT nrm.reader_organisation())
      AND nrm.agreement_in_force(organisation);
    GET DIAGNOSTICS opened = ROW_COUNT;
    IF opened = 0 THEN
        RETURN 0;
    END IF;
    FOR sheet IN SELECT access_ref, role, until FROM nrm.access
        WHERE case_ref = in_case AND offer_fact = offer AND compartment = 'D16'
          AND role IN ('SH', 'HC') AND NOT is_kept AND closed_at IS NULL AND until > now()
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

-- Replaced: where a consent is taken back or a duty ended, the sheet stays for ninety days with a
-- house that had accepted her; where the house or she ends the service, nothing stays.
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
            WHERE case_ref = in_case AND compartment = 'D16' AND role IN ('SH', 'HC')
              AND offer_fact IS NOT NULL AND state = 'open' AND NOT is_kept
              AND closed_at IS NULL AND until > now()
              AND basis_fact IN (SELECT fact_ref FROM nrm.versions(in_case, of_basis)) LOOP
            UPDATE nrm.access SET closed_at = clock_timestamp()
            WHERE access_ref <> sheet AND case_ref = in_case AND is_kept AND closed_at IS NULL
              AND (offer_fact) = (SELECT offer_fact FROM nrm.access WHERE access_ref = sheet);
            PERFORM nrm.keep_sheet(sheet, now());
        END LOOP;
    END IF;
    UPDATE nrm.access SET closed_at = clock_timestamp()
    WHERE case_ref = in_case AND closed_at IS NULL
      AND (offer_fact = of_offer OR (NOT is_kept
        AND basis_fact IN (SELECT fact_ref FROM nrm.versions(in_case, of_basis))));
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

-- Replaced: no key made afterwards is wrapped to a row that stayed.
CREATE OR REPLACE FUNCTION nrm.keep_wrap(row_ref uuid, of_version int, wrapped bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE opened nrm.access; key nrm.scope_key;
BEGIN
    SELECT * INTO opened FROM nrm.access WHERE access_ref = row_ref AND closed_at IS NULL;
    SELECT * INTO key FROM nrm.scope_key
    WHERE case_ref = opened.case_ref AND compartment = opened.compartment AND version = of_version;
    IF (opened.is_kept AND opened.opens_at <= now())
        OR (key.made_in IS DISTINCT FROM pg_current_xact_id() AND NOT (
            key.version IS NOT NULL AND opened.made_in = pg_current_xact_id()
            AND nrm.has_row(opened.case_ref, NULL, true))) THEN
        RAISE EXCEPTION 'A wrap is made with its row or with its key.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.wrap VALUES (row_ref, of_version, wrapped);
END $$;

CREATE OR REPLACE FUNCTION nrm.who_is_on(in_case uuid)
RETURNS TABLE (organisation uuid, role text, account uuid, compartment text, mode text,
    state text, until timestamptz, basis_fact uuid, offer_fact uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT organisation, role, account, compartment, mode,
        CASE WHEN is_kept THEN 'kept' ELSE state END, until, basis_fact, offer_fact
    FROM nrm.access
    WHERE case_ref = in_case AND closed_at IS NULL AND until > now()
      AND (NOT is_kept OR opens_at <= now())
      AND ((SELECT nrm.has_row(in_case, 'D10', false))
        OR (organisation = (SELECT nrm.reader_organisation())
            AND (SELECT nrm.has_row(in_case, NULL, false))))
    ORDER BY organisation, role, compartment
$$;

-- Replaced: that a row is kept is sealed with it.
CREATE OR REPLACE FUNCTION nrm.entries_now()
RETURNS TABLE (what text, ref text, digest bytea, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT 'fact', fact_ref::text, nrm.chain_hash(fact), recorded_at FROM nrm.fact
    UNION ALL
    SELECT 'access', access_ref::text, sha256(convert_to(concat_ws('|', 'access', access_ref, case_ref,
        organisation, role, coalesce(account::text, '-'), compartment, mode, basis_fact,
        coalesce(offer_fact::text, '-'), nrm.moment_text(until),
        CASE WHEN is_kept THEN 'kept ' || nrm.moment_text(opens_at) END), 'UTF8')), opens_at
    FROM nrm.access
    UNION ALL
    SELECT 'access_end', access_ref::text, sha256(convert_to(concat_ws('|', 'access_end', access_ref,
        nrm.moment_text(closed_at)), 'UTF8')), closed_at
    FROM nrm.access WHERE closed_at IS NOT NULL
    UNION ALL
    SELECT 'journal', entry::text, sha256(convert_to(concat_ws('|', 'journal', entry, nrm.moment_text(at),
        account, organisation, action, coalesce(case_ref::text, '-'),
        array_to_string(compartments, ','), coalesce(rows_read::text, '-')), 'UTF8')), at
    FROM nrm.journal
$$;
REVOKE ALL ON FUNCTION nrm.shows(uuid, text, timestamptz), nrm.keep_sheet(uuid, timestamptz)
    FROM PUBLIC;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

ALTER POLICY reader ON nrm.access USING (
    organisation = (SELECT nrm.reader_organisation()) AND role = ANY ((SELECT nrm.reader_roles())::text[])
    AND (account IS NULL OR account = (SELECT nrm.reader_account()))
    AND closed_at IS NULL AND until > now() AND (NOT is_kept OR opens_at <= now()));
ALTER POLICY reader ON nrm.fact USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
          AND access.compartment = fact.compartment AND access.state = 'open'
          AND (NOT access.is_kept OR fact.recorded_at < access.opens_at))
    AND (kind NOT IN ('referral_sent', 'referral_acknowledged', 'breach_observed',
            'rule_overridden')
        OR organisation = (SELECT nrm.reader_organisation())
        OR open ->> 'to' = (SELECT nrm.reader_organisation())::text
        OR EXISTS (
            SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
              AND access.compartment = CASE WHEN kind IN ('breach_observed', 'rule_overridden')
                THEN 'D8' ELSE 'D10' END
              AND access.state = 'open')));
ALTER POLICY asked ON nrm.fact USING (
    kind = 'act_held' AND open ->> 'to' = (SELECT nrm.reader_organisation())::text
    AND open ->> 'to_role' = ANY ((SELECT nrm.reader_roles())::text[])
    AND coalesce(open ->> 'to_account', (SELECT nrm.reader_account())::text)
        = (SELECT nrm.reader_account())::text
    AND EXISTS (SELECT 1 FROM nrm.access
        WHERE access.case_ref = fact.case_ref AND access.state = 'open' AND NOT access.is_kept));
ALTER POLICY reader ON nrm.wrap USING (EXISTS (
    SELECT 1 FROM nrm.access WHERE access.access_ref = wrap.access_ref
      AND access.state = 'open' AND access.closed_at IS NULL AND access.until > now()
      AND (NOT access.is_kept OR access.opens_at <= now())
      AND access.organisation = (SELECT nrm.reader_organisation())
      AND access.role = ANY ((SELECT nrm.reader_roles())::text[])
      AND (access.account IS NULL OR access.account = (SELECT nrm.reader_account()))));
ALTER POLICY reader ON nrm.worklist USING (
    organisation = (SELECT nrm.reader_organisation()) AND role = ANY ((SELECT nrm.reader_roles())::text[])
    AND until > now() AND (state <> 'kept' OR EXISTS (SELECT 1 FROM nrm.access
        WHERE access.case_ref = worklist.case_ref AND access.is_kept
          AND access.role = worklist.role)));
