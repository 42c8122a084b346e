-- What people of a house answered about two of its cases: the same person, maybe, another, family, or
-- taken back. Nothing is merged and nothing opens. Both cases are open, with who the person is, to
-- whoever says it and to whoever reads it; another house neither sees it nor can.
CREATE TABLE nrm.person_answer (
    answer_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    one uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    other uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    answer text NOT NULL CHECK (answer IN ('same', 'maybe', 'another', 'family', 'taken_back')),
    because text[] NOT NULL CHECK (cardinality(because) BETWEEN 1 AND 10),
    account uuid NOT NULL REFERENCES public.accounts_account (ref),
    place bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (one < other)
);
CREATE INDEX person_answer_one ON nrm.person_answer (one);
CREATE INDEX person_answer_other ON nrm.person_answer (other);
DO $$
DECLARE col text;
BEGIN
    FOR col IN SELECT attname FROM pg_attribute
        WHERE attrelid = 'nrm.person_answer'::regclass AND attnum > 0 LOOP
        EXECUTE format('ALTER TABLE nrm.person_answer ALTER COLUMN %I SET STATISTICS 0', col);
    END LOOP;
END $$;
ALTER TABLE nrm.person_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.person_answer FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.person_answer TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON nrm.person_answer TO opennrm_definer;
CREATE TRIGGER only_added BEFORE UPDATE ON nrm.person_answer
    FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change();
ALTER TABLE nrm.person_answer ENABLE ALWAYS TRIGGER only_added;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.knows_person(in_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT nrm.factor_is_strong()
        AND (nrm.has_row(in_case, 'D2', false) OR nrm.has_row(in_case, 'D2S', false))
$$;

-- A case that is not hers and one that does not exist are refused alike.
CREATE FUNCTION nrm.answer_person(ref uuid, of_case uuid, with_case uuid, said text, why text[])
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE first uuid := least(of_case, with_case); second uuid := greatest(of_case, with_case);
    newest nrm.person_answer;
BEGIN
    IF NOT (nrm.knows_person(of_case) AND nrm.knows_person(with_case)) THEN
        RAISE EXCEPTION 'Both cases have to be open to you.' USING ERRCODE = 'NR403';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(first::text || second::text, 0));
    SELECT * INTO newest FROM nrm.person_answer WHERE one = first AND other = second
      AND organisation = nrm.reader_organisation() ORDER BY place DESC LIMIT 1;
    -- Sent twice, it is said once; what was never said cannot be taken back.
    IF coalesce(newest.answer, 'taken_back') = said
        AND (said = 'taken_back' OR newest.because = why) THEN
        RETURN;
    END IF;
    INSERT INTO nrm.person_answer (answer_ref, organisation, one, other, answer, because, account)
    VALUES (ref, nrm.reader_organisation(), first, second, said, why, nrm.reader_account());
    PERFORM nrm.write_journal('answered_person', first, '{D2}', NULL);
    PERFORM nrm.write_journal('answered_person', second, '{D2}', NULL);
END $$;

-- Every answer of the reader's house about one case, newest first; nothing of a case that is closed
-- to her, and nothing at all where this one is.
CREATE FUNCTION nrm.person_answers(of_case uuid) RETURNS TABLE (
    other_case uuid, said text, why text[], who uuid, said_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE shown int;
BEGIN
    IF NOT nrm.knows_person(of_case) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT found.there, found.answer, found.because, found.account, found.at FROM (
        SELECT CASE WHEN kept.one = of_case THEN kept.other ELSE kept.one END AS there, kept.*
        FROM nrm.person_answer AS kept
        WHERE (kept.one = of_case OR kept.other = of_case)
          AND kept.organisation = nrm.reader_organisation()
    ) AS found
    WHERE nrm.knows_person(found.there) ORDER BY found.place DESC;
    GET DIAGNOSTICS shown = ROW_COUNT;
    IF shown > 0 THEN
        PERFORM nrm.write_journal('read_person_answers', of_case, '{D2}', shown);
    END IF;
END $$;

-- Of an erased case no answer stays.
CREATE FUNCTION nrm.forget_person_answers() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    DELETE FROM nrm.person_answer WHERE NEW.case_ref IN (one, other);
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION nrm.knows_person(uuid), nrm.person_answers(uuid),
    nrm.answer_person(uuid, uuid, uuid, text, text[]), nrm.forget_person_answers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.person_answers(uuid),
    nrm.answer_person(uuid, uuid, uuid, text, text[]) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.forget_person_answers() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
CREATE TRIGGER forgets_answers AFTER INSERT ON nrm.erasure
    FOR EACH ROW EXECUTE FUNCTION nrm.forget_person_answers();
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.forget_person_answers() FROM opennrm_owner;
RESET ROLE;
