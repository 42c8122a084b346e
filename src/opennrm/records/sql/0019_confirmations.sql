-- Who lost access is asked to say that it deleted or returned what it has. It no longer sees the
-- case, so it answers the notice; those who keep her consents see who has answered and who has not.
CREATE TABLE nrm.notice_answer (
    notice_ref uuid PRIMARY KEY,
    how text NOT NULL CHECK (how IN ('deleted', 'returned', 'kept_by_law')),
    account uuid NOT NULL,
    organisation uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE nrm.notice_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.notice_answer FORCE ROW LEVEL SECURITY;
DO $$
DECLARE place text;
BEGIN
    FOREACH place IN ARRAY ARRAY['notice_ref', 'account', 'organisation', 'at'] LOOP
        EXECUTE format('ALTER TABLE nrm.notice_answer ALTER COLUMN %I SET STATISTICS 0', place);
    END LOOP;
END $$;
CREATE POLICY definer ON nrm.notice_answer TO opennrm_definer USING (true) WITH CHECK (true);
CREATE POLICY own ON nrm.notice_answer FOR SELECT TO opennrm_app
    USING (organisation = (SELECT nrm.reader_organisation()));
GRANT SELECT, INSERT ON nrm.notice_answer TO opennrm_definer;
GRANT SELECT (notice_ref, how, organisation, at) ON nrm.notice_answer TO opennrm_app;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.asks_to_delete(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = nrm, pg_temp AS $$
    SELECT kind IN ('consent_withdrawn', 'legal_duty_ended')
$$;
CREATE FUNCTION nrm.answer_notice(of_notice uuid, answer text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM nrm.notice WHERE notice_ref = of_notice AND nrm.asks_to_delete(kind)
          AND organisation = nrm.reader_organisation() AND nrm.reader_roles() <> '{}'
          AND (role IS NULL OR role = ANY (nrm.reader_roles()))) THEN
        RAISE EXCEPTION 'Only who was asked answers.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.notice_answer (notice_ref, how, account, organisation)
    VALUES (of_notice, answer, nrm.reader_account(), nrm.reader_organisation())
    ON CONFLICT (notice_ref) DO NOTHING;
    PERFORM nrm.write_journal('confirmed_' || answer, NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.asked_to_delete(in_case uuid)
RETURNS TABLE (organisation uuid, role text, kind text, asked_at timestamptz, how text,
    answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT notice.organisation, notice.role, notice.kind, notice.at, answer.how, answer.at
    FROM nrm.notice JOIN nrm.fact ON fact.fact_ref = notice.about
    LEFT JOIN nrm.notice_answer AS answer USING (notice_ref)
    WHERE fact.case_ref = in_case AND nrm.asks_to_delete(notice.kind)
      AND (SELECT nrm.has_row(in_case, 'D10', false))
    ORDER BY notice.at DESC
$$;
REVOKE ALL ON FUNCTION nrm.asks_to_delete(text), nrm.answer_notice(uuid, text),
    nrm.asked_to_delete(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.answer_notice(uuid, text), nrm.asked_to_delete(uuid)
    TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
