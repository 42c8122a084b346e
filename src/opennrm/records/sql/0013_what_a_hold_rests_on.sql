-- What a hold rests on: the house that proposed it still holds the case. When it does not, what
-- was opened for an opinion closes, and the hold ends. An agreement carries an act for its days,
-- for the thing it was about, and not after another decision.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

CREATE FUNCTION nrm.house_keeps(in_case uuid, house uuid, part text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND organisation = house AND state = 'open'
          AND closed_at IS NULL AND until > now()
          AND (part IS NULL OR (compartment = part AND mode = 'write'))
          AND NOT nrm.is_withdrawn(in_case, basis_fact))
$$;

-- A hold that opened rows needs the pen on decisions in the house that proposed it; any other
-- needs that the house holds something of the case.
CREATE FUNCTION nrm.hold_lost_its_ground(held nrm.fact) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT NOT nrm.house_keeps(held.case_ref, held.organisation, CASE WHEN EXISTS (
        SELECT 1 FROM nrm.access WHERE basis_fact = held.fact_ref) THEN 'D14' END)
$$;

CREATE FUNCTION nrm.is_decision(act text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(act IN ('negative_decision', 'recovery_ended_early',
        'single_agency_decision', 'adult_age'), false)
$$;

-- What an act is about stands in the same case; and who said no to a decision is not asked to
-- say yes to it.
CREATE FUNCTION nrm.may_be_held(asked nrm.fact) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT asked.open ->> 'to_account' IS DISTINCT FROM asked.actor::text
        AND (asked.open ->> 'until')::date <= asked.recorded_at::date + 31
        AND (asked.open ->> 'about' IS NULL OR EXISTS (
            SELECT 1 FROM nrm.fact WHERE case_ref = asked.case_ref
              AND fact_ref = nrm.reference_in(asked.open, 'about')))
        AND NOT EXISTS (SELECT 1 FROM nrm.fact AS before
            WHERE before.case_ref = asked.case_ref AND before.kind = 'act_held'
              AND nrm.is_decision(before.open ->> 'act')
              AND before.open ->> 'act' = asked.open ->> 'act'
              AND before.open ->> 'step' IS NOT DISTINCT FROM asked.open ->> 'step'
              AND (before.open ->> 'act' <> 'recovery_ended_early'
                OR before.open ->> 'about' IS NOT DISTINCT FROM asked.open ->> 'about')
              AND before.open ->> 'to' = asked.open ->> 'to'
              AND (nrm.opinion_on(before.case_ref, before.fact_ref)).open ->> 'opinion'
                = 'disagrees')
$$;

-- Replaced: an agreement carries nothing after its last day (a day more, for the clocks of other
-- places). The days are counted from when the database kept the hold, so that what is told of the
-- past can be told, and no earlier moment makes them more. And an act that asks for another house is not carried by the house that acts.
CREATE OR REPLACE FUNCTION nrm.hold_carries(held nrm.fact, person uuid, step text)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(held.fact_ref IS NOT NULL
        AND coalesce(held.open ->> 'step', step) = step
        AND NOT nrm.hold_has_ended(held.case_ref, held.fact_ref)
        AND now() < held.recorded_at + make_interval(days => least(
            (held.open ->> 'until')::date - held.at::date, 31) + 2)
        AND given.open ->> 'opinion' = 'agrees'
        AND given.actor <> person AND given.actor <> held.actor
        AND (nrm.is_decision(held.open ->> 'act') AND held.open ->> 'act'
            <> 'single_agency_decision' OR given.organisation <> nrm.reader_organisation()),
        false)
    FROM nrm.opinion_on(held.case_ref, held.fact_ref) AS given
$$;

-- Replaced: that somebody is an adult waits for a second person too (R31).
CREATE OR REPLACE FUNCTION nrm.needs_hold(new_fact nrm.fact) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = nrm, pg_temp AS $$
    SELECT CASE
        WHEN new_fact.kind IN ('reasonable_grounds_decided', 'identification_decided')
            AND new_fact.open ->> 'outcome' IN ('negative', 'not_identified')
            THEN 'negative_decision'
        WHEN new_fact.kind = 'recovery_ended_early' THEN 'recovery_ended_early'
        WHEN new_fact.kind = 'age_settled' AND new_fact.open ->> 'age_status' = 'adult'
            THEN 'adult_age' END
$$;

-- Replaced: an early end is of the period that was spoken of; the end of help, with no decision
-- since and by the house that proposed it.
CREATE OR REPLACE FUNCTION nrm.hold_rules_kept(new_fact nrm.fact) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE held nrm.fact; wanted text := nrm.needs_hold(new_fact);
BEGIN
    IF new_fact.kind = 'act_held' THEN
        RETURN coalesce(nrm.may_be_held(new_fact), false);
    END IF;
    SELECT * INTO held FROM nrm.fact
    WHERE case_ref = new_fact.case_ref AND kind = 'act_held' AND fact_ref = nrm.reference_in(
        new_fact.open,
        CASE WHEN new_fact.kind IN ('opinion_given', 'hold_ended') THEN 'answers' ELSE 'hold' END);
    IF new_fact.kind = 'opinion_given' THEN
        RETURN coalesce(
            nrm.may_give_opinion(held, new_fact.actor, new_fact.organisation), false);
    ELSIF new_fact.kind = 'hold_ended' THEN
        RETURN coalesce(NOT nrm.hold_has_ended(held.case_ref, held.fact_ref)
            AND CASE WHEN new_fact.open ->> 'how' = 'given_up'
                THEN held.organisation = new_fact.organisation OR nrm.hold_lost_its_ground(held)
                ELSE held.organisation = new_fact.organisation AND nrm.hold_carries(
                    held, new_fact.actor, coalesce(held.open ->> 'step', '')) END, false);
    ELSIF wanted = 'adult_age' THEN
        RETURN coalesce(held.open ->> 'act' = wanted AND held.organisation = new_fact.organisation
            AND nrm.hold_carries(held, new_fact.actor, new_fact.kind), false);
    ELSIF wanted IS NOT NULL THEN
        RETURN coalesce(held.open ->> 'act' = wanted AND held.actor = new_fact.actor
            AND held.open ->> 'step' = new_fact.kind
            AND (wanted <> 'recovery_ended_early'
                OR held.open ->> 'about' = new_fact.open ->> 'period')
            AND nrm.hold_carries(held, new_fact.actor, new_fact.kind)
            AND nrm.no_decision_since(held), false);
    ELSIF new_fact.kind = 'age_settled' THEN
        RETURN true;
    ELSIF held.fact_ref IS NOT NULL THEN
        RETURN coalesce(nrm.hold_carries(held, new_fact.actor, CASE WHEN new_fact.kind
            = 'rule_overridden' THEN coalesce(held.open ->> 'step', '') ELSE new_fact.kind END)
            AND (new_fact.kind <> 'case_closed' OR (nrm.no_decision_since(held)
                AND held.organisation = new_fact.organisation)), false);
    END IF;
    RETURN true;
END $$;

-- Replaced: nor is a decision, a period, an authorisation or a settled age written over.
CREATE OR REPLACE FUNCTION nrm.check_new_fact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NEW.corrects IS NOT NULL AND (NEW.kind LIKE '%\_authorised' OR NEW.kind IN (
        'act_held', 'opinion_given', 'hold_ended', 'rule_overridden', 'override_explained',
        'person_told', 'legal_duty_ended', 'reasonable_grounds_decided',
        'identification_decided', 'recovery_period_opened', 'recovery_ended_early',
        'recovery_paused', 'recovery_resumed', 'age_settled', 'age_assessed',
        'best_interests_determined', 'determination_signed', 'case_closed')) THEN
        RAISE EXCEPTION 'What was decided, or said by two people, is not written over.'
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

-- Replaced: only a decision opens what a decision needs, and for no longer than who proposed it
-- holds the pen herself.
CREATE OR REPLACE FUNCTION nrm.opens_for_opinion(
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
          AND nrm.is_decision(held.open ->> 'act')
          AND nrm.has_row(in_case, 'D14', true)
          AND held.open ->> 'to' = to_organisation::text AND held.open ->> 'to_role' = to_role
          AND held.open ->> 'to_account' IS NOT DISTINCT FROM to_account::text
          AND to_account IS DISTINCT FROM held.actor
          AND to_role IN ('CA', 'RP') AND part IN ('D1', 'D4', 'D4S', 'D14')
          AND held.open -> 'scopes' ? part AND in_mode = 'read'
          AND ends <= (held.open ->> 'until')::timestamptz
          AND ends <= held.recorded_at + interval '30 days'
          AND ends <= (SELECT max(own.until) FROM nrm.access AS own
              WHERE own.case_ref = in_case AND own.organisation = held.organisation
                AND own.compartment = 'D14' AND own.mode = 'write' AND own.state = 'open'
                AND own.closed_at IS NULL)
          AND house.jurisdiction = head.jurisdiction)
$$;

-- Replaced: with the rows that close, close those a hold opened, where the house that proposed
-- it holds the pen on decisions no more.
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
    UPDATE nrm.access SET closed_at = clock_timestamp()
    WHERE case_ref = in_case AND closed_at IS NULL
      AND (basis_fact IN (SELECT fact_ref FROM nrm.versions(in_case, of_basis))
        OR offer_fact = of_offer);
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

-- Replaced: no notice goes to who enforces immigration law (R43).
CREATE OR REPLACE FUNCTION nrm.send_notice(to_organisation uuid, to_role text, of_kind text,
    thing uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.accounts_organisation
        WHERE ref = to_organisation AND is_enforcement) THEN
        RAISE EXCEPTION 'This organisation is told nothing of a case.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
    SELECT to_organisation, to_role, of_kind, thing, nrm.reader_organisation(), moment
    WHERE nrm.reader_organisation() IS NOT NULL;
END $$;

REVOKE ALL ON FUNCTION nrm.house_keeps(uuid, uuid, text), nrm.hold_lost_its_ground(nrm.fact),
    nrm.is_decision(text), nrm.may_be_held(nrm.fact) FROM PUBLIC;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
