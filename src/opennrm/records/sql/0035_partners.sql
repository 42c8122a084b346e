-- Partners without an account answer a question by a code that works once. Kept is the hash of the code,
-- and what the question shows: codes from a short list, never a name, a case or a place. The answer
-- waits here until somebody who writes her plan takes it into the case.
CREATE TABLE nrm.partner_question (
    fact_ref uuid PRIMARY KEY REFERENCES nrm.fact (fact_ref),
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    organisation uuid NOT NULL,
    code_hash bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
    preview jsonb NOT NULL CHECK (nrm.only_codes(preview)),
    expires_at timestamptz NOT NULL,
    answered_at timestamptz,
    answer text CHECK (answer IN ('accepted', 'declined')),
    reason text,
    CHECK ((answered_at IS NULL) = (answer IS NULL))
);
CREATE INDEX partner_question_case ON nrm.partner_question (case_ref);
ALTER TABLE nrm.partner_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.partner_question FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.partner_question TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE, UPDATE (answered_at, answer, reason) ON nrm.partner_question
    TO opennrm_definer;
DO $$
DECLARE place text;
BEGIN
    FOREACH place IN ARRAY ARRAY['fact_ref', 'case_ref', 'organisation', 'code_hash', 'preview', 'reason'] LOOP
        EXECUTE format('ALTER TABLE nrm.partner_question ALTER COLUMN %I SET STATISTICS 0', place);
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Kept with its fact in one transaction, by who recorded it, for two weeks at most. What is shown is what
-- the fact says, and nothing else of it than these.
CREATE FUNCTION nrm.ask_partner(of_fact uuid, hash bytea, until timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE asking nrm.fact;
BEGIN
    SELECT * INTO asking FROM nrm.fact WHERE fact_ref = of_fact AND kind = 'partner_asked'
        AND actor = nrm.reader_account() AND recorded_at = now();
    IF asking.fact_ref IS NULL OR until <= now() OR until > now() + interval '15 days' THEN
        RAISE EXCEPTION 'A question is kept with its fact, for two weeks at most.'
            USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.partner_question (fact_ref, case_ref, organisation, code_hash, preview, expires_at)
    SELECT of_fact, asking.case_ref, asking.organisation, hash,
        coalesce(jsonb_object_agg(key, value), '{}'), until
    FROM jsonb_each(asking.open)
    WHERE key IN ('service', 'groups', 'language', 'urgency', 'reply_by');
END $$;

-- For whoever holds the code, without an account: what is asked, while it was not answered.
CREATE FUNCTION nrm.partner_preview(hash bytea) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT preview FROM nrm.partner_question
    WHERE code_hash = hash AND answered_at IS NULL AND expires_at > now()
$$;
CREATE FUNCTION nrm.answer_partner_question(hash bytea, says text, because text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE answered nrm.partner_question;
BEGIN
    UPDATE nrm.partner_question SET answered_at = now(), answer = says, reason = because
    WHERE code_hash = hash AND answered_at IS NULL AND expires_at > now()
    RETURNING * INTO answered;
    IF answered.fact_ref IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
    VALUES (answered.organisation, NULL, 'partner_answered', answered.fact_ref,
        answered.organisation, now());
    RETURN true;
END $$;

-- What came in, for who holds the case and the part the question stands in.
CREATE FUNCTION nrm.partner_answer(of_fact uuid)
RETURNS TABLE (answer text, reason text, answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT question.answer, question.reason, question.answered_at
    FROM nrm.partner_question AS question JOIN nrm.fact USING (fact_ref)
    WHERE question.fact_ref = of_fact AND question.answer IS NOT NULL
      AND nrm.has_row(fact.case_ref, fact.compartment, false)
$$;

-- How many places of a service are free, where they are given one by one; for readers of the directory.
CREATE FUNCTION nrm.free_places(of_service uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    RETURN (SELECT kept.places - (SELECT count(*)::int FROM nrm.place_held WHERE service = of_service)
        FROM public.coordination_serviceprovided AS kept
        WHERE kept.ref = of_service AND kept.is_given_here
          AND nrm.may_coordinate('directory', 'read'));
END $$;

-- Of an erased case no question stays.
CREATE FUNCTION nrm.forget_questions() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    DELETE FROM nrm.partner_question WHERE case_ref = NEW.case_ref;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION nrm.ask_partner(uuid, bytea, timestamptz), nrm.partner_preview(bytea),
    nrm.answer_partner_question(bytea, text, text), nrm.partner_answer(uuid),
    nrm.free_places(uuid), nrm.forget_questions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.ask_partner(uuid, bytea, timestamptz), nrm.partner_answer(uuid)
    TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.partner_preview(bytea),
    nrm.answer_partner_question(bytea, text, text), nrm.partner_answer(uuid), nrm.free_places(uuid)
    TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.forget_questions() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
CREATE TRIGGER forgets AFTER INSERT ON nrm.erasure
    FOR EACH ROW EXECUTE FUNCTION nrm.forget_questions();
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.forget_questions() FROM opennrm_owner;
RESET ROLE;
