-- Acts that wait for a second person: who may answer, what is opened for it, and that she answers
-- before she can read why. Functions belong to the definer, who makes them here itself; it needs
-- CREATE on the schema for that, and only then.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

CREATE FUNCTION nrm.reference_in(content jsonb, field text) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = nrm, pg_temp AS $$
    SELECT CASE WHEN content ->> field ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                THEN (content ->> field)::uuid END
$$;

-- The answer to a held act: the one opinion that agrees or disagrees.
CREATE FUNCTION nrm.opinion_on(in_case uuid, held uuid) RETURNS nrm.fact
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT fact.* FROM nrm.fact
    WHERE case_ref = in_case AND kind = 'opinion_given' AND open ->> 'answers' = held::text
      AND open ->> 'opinion' IN ('agrees', 'disagrees')
    ORDER BY position LIMIT 1
$$;

CREATE FUNCTION nrm.hold_has_ended(in_case uuid, held uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.fact WHERE case_ref = in_case AND kind = 'hold_ended'
        AND open ->> 'answers' = held::text)
$$;

-- Asked are the people who hold the role in the house that was named, or one of them by name; who
-- proposed the act is never asked. One answer counts, and none after the hold has ended.
CREATE FUNCTION nrm.may_give_opinion(held nrm.fact, person uuid, house uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT held.fact_ref IS NOT NULL AND held.actor <> person
        AND held.open ->> 'to' = house::text
        AND coalesce(held.open ->> 'to_account', person::text) = person::text
        AND EXISTS (SELECT 1 FROM public.accounts_membership
            WHERE account_id = person AND role = held.open ->> 'to_role')
        AND NOT nrm.hold_has_ended(held.case_ref, held.fact_ref)
        AND (nrm.opinion_on(held.case_ref, held.fact_ref)).fact_ref IS NULL
$$;

-- A hold carries an act when another person agreed, it was not used yet, and it was for this step.
CREATE FUNCTION nrm.hold_carries(held nrm.fact, person uuid, step text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(held.fact_ref IS NOT NULL
        AND coalesce(held.open ->> 'step', step) = step
        AND NOT nrm.hold_has_ended(held.case_ref, held.fact_ref)
        AND given.open ->> 'opinion' = 'agrees'
        AND given.actor <> person AND given.actor <> held.actor, false)
    FROM nrm.opinion_on(held.case_ref, held.fact_ref) AS given
$$;

-- A no, and an early end of the recovery period, rest on a hold of the same person for the same
-- step, on which a second person agreed, with no other decision in between (R18, R23, R27).
CREATE FUNCTION nrm.needs_hold(new_fact nrm.fact) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = nrm, pg_temp AS $$
    SELECT CASE
        WHEN new_fact.kind IN ('reasonable_grounds_decided', 'identification_decided')
            AND new_fact.open ->> 'outcome' IN ('negative', 'not_identified')
            THEN 'negative_decision'
        WHEN new_fact.kind = 'recovery_ended_early' THEN 'recovery_ended_early' END
$$;

CREATE FUNCTION nrm.no_decision_since(held nrm.fact) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM nrm.fact WHERE case_ref = held.case_ref
        AND kind IN ('reasonable_grounds_decided', 'identification_decided')
        AND open ->> 'outcome' <> 'pending' AND position > held.position)
$$;

CREATE FUNCTION nrm.hold_rules_kept(new_fact nrm.fact) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE held nrm.fact; wanted text := nrm.needs_hold(new_fact);
BEGIN
    IF new_fact.kind = 'act_held' THEN
        RETURN new_fact.open ->> 'to_account' IS DISTINCT FROM new_fact.actor::text
            AND (new_fact.open ->> 'until')::date <= new_fact.recorded_at::date + 31;
    END IF;
    SELECT * INTO held FROM nrm.fact
    WHERE case_ref = new_fact.case_ref AND kind = 'act_held' AND fact_ref = nrm.reference_in(
        new_fact.open,
        CASE WHEN new_fact.kind IN ('opinion_given', 'hold_ended') THEN 'answers' ELSE 'hold' END);
    IF new_fact.kind = 'opinion_given' THEN
        RETURN coalesce(
            nrm.may_give_opinion(held, new_fact.actor, new_fact.organisation), false);
    ELSIF new_fact.kind = 'hold_ended' THEN
        RETURN coalesce(held.organisation = new_fact.organisation
            AND NOT nrm.hold_has_ended(held.case_ref, held.fact_ref)
            AND (new_fact.open ->> 'how' = 'given_up' OR nrm.hold_carries(
                held, new_fact.actor, coalesce(held.open ->> 'step', ''))), false);
    ELSIF wanted IS NOT NULL THEN
        RETURN coalesce(held.open ->> 'act' = wanted AND held.actor = new_fact.actor
            AND held.open ->> 'step' = new_fact.kind
            AND nrm.hold_carries(held, new_fact.actor, new_fact.kind)
            AND nrm.no_decision_since(held), false);
    ELSIF held.fact_ref IS NOT NULL THEN
        RETURN coalesce(nrm.hold_carries(held, new_fact.actor, CASE WHEN new_fact.kind
            = 'rule_overridden' THEN coalesce(held.open ->> 'step', '') ELSE new_fact.kind END),
            false);
    END IF;
    RETURN true;
END $$;

-- A duty is ended early by the organisation that relied on it, and by no other.
CREATE FUNCTION nrm.check_new_fact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NEW.corrects IS NOT NULL AND NEW.kind IN ('act_held', 'opinion_given', 'hold_ended',
        'rule_overridden', 'override_explained', 'person_told', 'legal_duty_ended') THEN
        RAISE EXCEPTION 'What two people said of an act is not written over.'
            USING ERRCODE = 'NR403';
    END IF;
    IF NOT nrm.hold_rules_kept(NEW) THEN
        RAISE EXCEPTION 'This waits for a second person who was asked, and who agrees.'
            USING ERRCODE = 'NR403';
    END IF;
    IF NEW.kind = 'legal_duty_ended' AND NOT EXISTS (
        SELECT 1 FROM nrm.fact AS duty
        WHERE duty.case_ref = NEW.case_ref AND duty.kind = 'legal_duty_relied_on'
          AND duty.fact_ref = nrm.reference_in(NEW.open, 'duty')
          AND duty.organisation = NEW.organisation) THEN
        RAISE EXCEPTION 'Who relied on a duty ends it.' USING ERRCODE = 'NR403';
    END IF;
    RETURN NEW;
END $$;

-- What is opened for an opinion: by who holds the pen on decisions, in the same transaction as the
-- held act, to the deciders and reviewers of the same State whom it names, to read what a
-- decision needs, for thirty days at most.
CREATE FUNCTION nrm.opens_for_opinion(
    in_case uuid, on_basis uuid, to_organisation uuid, to_role text, to_account uuid, part text,
    in_mode text, ends timestamptz
) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.fact AS held
        JOIN nrm.case_head AS head USING (case_ref)
        JOIN public.accounts_organisation AS house ON house.ref = to_organisation
        WHERE held.fact_ref = on_basis AND held.case_ref = in_case AND held.kind = 'act_held'
          AND held.actor = nrm.reader_account() AND held.recorded_at = now()
          AND nrm.has_row(in_case, 'D14', true)
          AND held.open ->> 'to' = to_organisation::text AND held.open ->> 'to_role' = to_role
          AND held.open ->> 'to_account' IS NOT DISTINCT FROM to_account::text
          AND to_account IS DISTINCT FROM held.actor
          AND to_role IN ('CA', 'RP') AND part IN ('D1', 'D4', 'D4S', 'D14')
          AND held.open -> 'scopes' ? part AND in_mode = 'read'
          AND ends <= (held.open ->> 'until')::timestamptz
          AND ends <= held.recorded_at + interval '30 days'
          AND house.jurisdiction = head.jurisdiction)
$$;

CREATE FUNCTION nrm.is_blind(sealed_fact nrm.fact) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT sealed_fact.kind = 'act_held'
        AND sealed_fact.actor IS DISTINCT FROM nrm.reader_account()
        AND NOT EXISTS (SELECT 1 FROM nrm.fact AS given
            WHERE given.case_ref = sealed_fact.case_ref AND given.kind = 'opinion_given'
              AND given.open ->> 'answers' = sealed_fact.fact_ref::text
              AND given.open ->> 'opinion' IN ('agrees', 'disagrees')
              AND given.actor = nrm.reader_account())
$$;

-- Replaced: the reasons of a held act stay closed to everybody but who wrote them, until she who
-- was asked has answered.
CREATE OR REPLACE FUNCTION nrm.read_sealed(in_case uuid, parts text[])
RETURNS TABLE (fact_ref uuid, compartment text, key_version int, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE readable text[]; read_rows int;
BEGIN
    SELECT coalesce(array_agg(part), '{}') INTO readable FROM unnest(parts) AS part
    WHERE nrm.has_row(in_case, part, false);
    SELECT count(*) INTO read_rows FROM nrm.fact
    WHERE fact.case_ref = in_case AND fact.compartment = ANY (readable)
      AND fact.sealed IS NOT NULL AND NOT nrm.is_blind(fact);
    IF read_rows > 0 THEN
        PERFORM nrm.write_journal('read_sealed', in_case, readable, read_rows);
    END IF;
    RETURN QUERY SELECT fact.fact_ref, fact.compartment, fact.key_version, fact.sealed
    FROM nrm.fact
    WHERE fact.case_ref = in_case AND fact.compartment = ANY (readable)
      AND fact.sealed IS NOT NULL AND NOT nrm.is_blind(fact)
    ORDER BY fact.position;
END $$;

-- Replaced: a duty that was ended early carries nothing more, like a consent taken back.
CREATE OR REPLACE FUNCTION nrm.is_withdrawn(in_case uuid, consent uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.fact WHERE case_ref = in_case
        AND kind IN ('consent_withdrawn', 'legal_duty_ended')
        AND coalesce(open ->> 'consent', open ->> 'duty') IN (
            SELECT fact_ref::text FROM nrm.versions(in_case, consent)))
$$;

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
          AND given.open ->> 'recipient_role' = to_role
          AND given.open -> 'scopes' ? part
          AND (given.open ->> 'until')::timestamptz >= ends
    ) OR nrm.is_withdrawn(in_case, on_basis) THEN
        RAISE EXCEPTION 'No consent or legal duty in the record covers this.'
            USING ERRCODE = 'NR403';
    END IF;
END $$;

-- Replaced: rows for an opinion open at once, and rest on the held act.
CREATE OR REPLACE FUNCTION nrm.grant_access(
    in_case uuid, new_ref uuid, to_organisation uuid, to_role text, to_account uuid, part text,
    in_mode text, in_state text, basis uuid, offer uuid, moment timestamptz, ends timestamptz
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE for_opinion boolean := offer IS NULL AND nrm.opens_for_opinion(
    in_case, basis, to_organisation, to_role, to_account, part, in_mode, ends);
BEGIN
    IF NOT (nrm.just_started(in_case) OR nrm.has_row(in_case, NULL, true)) THEN
        RAISE EXCEPTION 'Only who works on a case can share it.' USING ERRCODE = 'NR403';
    END IF;
    IF NOT nrm.just_started(in_case) AND NOT nrm.has_row(in_case, part, false) AND EXISTS (
        SELECT 1 FROM nrm.access WHERE case_ref = in_case AND compartment = part
          AND closed_at IS NULL AND until > now() AND offer_fact IS DISTINCT FROM offer) THEN
        RAISE EXCEPTION 'Nobody shares what she may not read.' USING ERRCODE = 'NR403';
    END IF;
    IF for_opinion AND NOT nrm.has_row(in_case, part, false) THEN
        RAISE EXCEPTION 'Nobody shows what she may not read.' USING ERRCODE = 'NR403';
    END IF;
    IF NOT for_opinion THEN
        PERFORM nrm.require_basis(in_case, basis, to_organisation, to_role, part, ends);
    END IF;
    IF NOT (nrm.agreement_in_force(to_organisation) OR nrm.just_started(in_case)) OR EXISTS (
        SELECT 1 FROM public.accounts_organisation
        WHERE ref = to_organisation AND (is_enforcement OR NOT to_role = ANY (roles))) THEN
        RAISE EXCEPTION 'This organisation cannot receive a case.' USING ERRCODE = 'NR403';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM nrm.need_to_know WHERE role = to_role AND compartment = part
                     AND (mode = 'write' OR mode = in_mode)) THEN
        RAISE EXCEPTION 'Role % has no need to know %.', to_role, part USING ERRCODE = 'NR403';
    END IF;
    IF to_account IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM public.accounts_account AS person
        JOIN public.accounts_membership AS held ON held.account_id = person.ref
        WHERE person.ref = to_account AND person.organisation_id = to_organisation
          AND held.role = to_role) THEN
        RAISE EXCEPTION 'This person does not hold that role there.' USING ERRCODE = 'NR403';
    END IF;
    IF in_state = 'open' AND NOT for_opinion AND NOT (nrm.just_started(in_case)
        AND to_organisation = nrm.reader_organisation()) THEN
        RAISE EXCEPTION 'A case is offered first and opens when it is accepted.'
            USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.access (access_ref, case_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until)
    VALUES (new_ref, in_case, to_organisation, to_role, to_account, part,
        in_mode, in_state, basis, offer, moment, ends);
END $$;

-- Replaced: rows for an opinion close when it was given, or when the act was given up.
CREATE OR REPLACE FUNCTION nrm.close_access(in_case uuid, of_basis uuid, of_offer uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
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
    WITH closed AS (
        UPDATE nrm.access SET closed_at = clock_timestamp()
        WHERE case_ref = in_case AND closed_at IS NULL
          AND (basis_fact IN (SELECT fact_ref FROM nrm.versions(in_case, of_basis))
            OR offer_fact = of_offer)
        RETURNING access_ref
    )
    DELETE FROM nrm.wrap USING closed WHERE wrap.access_ref = closed.access_ref;
    DELETE FROM nrm.search_entry AS entry WHERE entry.case_ref = in_case AND NOT EXISTS (
        SELECT 1 FROM nrm.access AS other
        WHERE other.case_ref = in_case AND other.organisation = entry.organisation
          AND other.compartment = entry.compartment AND other.closed_at IS NULL);
END $$;

REVOKE ALL ON FUNCTION nrm.reference_in(jsonb, text), nrm.opinion_on(uuid, uuid),
    nrm.hold_has_ended(uuid, uuid), nrm.may_give_opinion(nrm.fact, uuid, uuid),
    nrm.hold_carries(nrm.fact, uuid, text), nrm.needs_hold(nrm.fact),
    nrm.no_decision_since(nrm.fact), nrm.hold_rules_kept(nrm.fact), nrm.check_new_fact(),
    nrm.opens_for_opinion(uuid, uuid, uuid, text, uuid, text, text, timestamptz),
    nrm.is_blind(nrm.fact) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.check_new_fact() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

-- Also where a session asks for triggers to be left out.
CREATE TRIGGER second_person BEFORE INSERT ON nrm.fact
    FOR EACH ROW EXECUTE FUNCTION nrm.check_new_fact();
ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER second_person;
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.check_new_fact() FROM opennrm_owner;
RESET ROLE;

-- That a rule gave way says more than the skeleton should: it is shown beside her safety, and to
-- who did it. Who is asked for an opinion sees what is asked, whatever else she holds.
ALTER POLICY reader ON nrm.fact USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
          AND access.compartment = fact.compartment AND access.state = 'open')
    AND (kind NOT IN ('referral_sent', 'referral_acknowledged', 'breach_observed',
            'rule_overridden')
        OR organisation = (SELECT nrm.reader_organisation())
        OR open ->> 'to' = (SELECT nrm.reader_organisation())::text
        OR EXISTS (
            SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
              AND access.compartment = CASE WHEN kind IN ('breach_observed', 'rule_overridden')
                THEN 'D8' ELSE 'D10' END
              AND access.state = 'open')));
CREATE POLICY asked ON nrm.fact FOR SELECT TO opennrm_app USING (
    kind = 'act_held' AND open ->> 'to' = (SELECT nrm.reader_organisation())::text
    AND open ->> 'to_role' = ANY ((SELECT nrm.reader_roles())::text[])
    AND coalesce(open ->> 'to_account', (SELECT nrm.reader_account())::text)
        = (SELECT nrm.reader_account())::text
    AND EXISTS (SELECT 1 FROM nrm.access
        WHERE access.case_ref = fact.case_ref AND access.state = 'open'));
ALTER POLICY reader ON nrm.deadline USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = deadline.case_ref
          AND access.compartment = deadline.compartment AND access.state = 'open')
    AND (kind NOT IN ('T04A', 'T19') OR organisation = (SELECT nrm.reader_organisation())
        OR EXISTS (SELECT 1 FROM nrm.access WHERE access.case_ref = deadline.case_ref
          AND access.compartment = 'D10' AND access.state = 'open')));
CREATE POLICY asked ON nrm.deadline FOR SELECT TO opennrm_app USING (
    kind = 'T20' AND organisation = (SELECT nrm.reader_organisation())
    AND EXISTS (SELECT 1 FROM nrm.access
        WHERE access.case_ref = deadline.case_ref AND access.state = 'open'));
