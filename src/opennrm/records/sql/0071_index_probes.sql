-- Nothing is known to the planner of what names a case (see 0001), so it took one case for two
-- hundredth of the record, and asked for every access row of a house to show one case of it. With
-- OFFSET 0 each row asks for itself, by the index; what is shown is the same.
ALTER POLICY reader ON nrm.fact USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
          AND access.compartment = fact.compartment AND access.state = 'open'
          AND (NOT access.is_kept OR fact.recorded_at < access.opens_at) OFFSET 0)
    AND (kind NOT IN ('referral_sent', 'referral_acknowledged', 'breach_observed',
            'rule_overridden', 'case_handed', 'handing_answered')
        OR organisation = (SELECT nrm.reader_organisation())
        OR (kind NOT IN ('case_handed', 'handing_answered') AND (
            open ->> 'to' = (SELECT nrm.reader_organisation())::text
            OR EXISTS (
                SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
                  AND access.compartment = CASE WHEN kind IN ('breach_observed', 'rule_overridden')
                    THEN 'D8' ELSE 'D10' END
                  AND access.state = 'open' OFFSET 0)))));
ALTER POLICY asked ON nrm.fact USING (
    kind = 'act_held' AND open ->> 'to' = (SELECT nrm.reader_organisation())::text
    AND open ->> 'to_role' = ANY ((SELECT nrm.reader_roles())::text[])
    AND coalesce(open ->> 'to_account', (SELECT nrm.reader_account())::text)
        = (SELECT nrm.reader_account())::text
    AND EXISTS (SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
        AND access.state = 'open' AND NOT access.is_kept OFFSET 0));
ALTER POLICY reader ON nrm.deadline USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = deadline.case_ref
          AND access.compartment = deadline.compartment AND access.state = 'open' OFFSET 0)
    AND (kind NOT IN ('T04A', 'T19') OR organisation = (SELECT nrm.reader_organisation())
        OR EXISTS (SELECT 1 FROM nrm.access WHERE access.case_ref = deadline.case_ref
          AND access.compartment = 'D10' AND access.state = 'open' OFFSET 0)));
ALTER POLICY asked ON nrm.deadline USING (
    kind = 'T20' AND organisation = (SELECT nrm.reader_organisation())
    AND EXISTS (SELECT 1 FROM nrm.access
        WHERE access.case_ref = deadline.case_ref AND access.state = 'open' OFFSET 0));
-- What one looked at is told while the case is in one's list, which is asked instead of every access
-- row of the house.
ALTER POLICY reader ON nrm.seen USING (account = (SELECT nrm.reader_account()) AND EXISTS (
    SELECT 1 FROM nrm.worklist WHERE worklist.case_ref = seen.case_ref));

-- As before; `state` alone would be that of the access row, and show a sheet beside the open case.
ALTER POLICY reader ON nrm.worklist USING (
    organisation = (SELECT nrm.reader_organisation()) AND role = ANY ((SELECT nrm.reader_roles())::text[])
    AND until > now() AND ((state <> 'kept' AND role <> 'ND') OR EXISTS (SELECT 1 FROM nrm.access
        WHERE access.case_ref = worklist.case_ref
          AND (access.is_kept OR worklist.state <> 'kept')
          AND access.role = worklist.role OFFSET 0)));

-- The parts a house reads names in: one range, to find people by.
CREATE INDEX access_naming ON nrm.access (organisation, case_ref, compartment)
    WHERE closed_at IS NULL AND state = 'open' AND compartment IN ('D2', 'D2S');
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- As before, by that range.
CREATE OR REPLACE FUNCTION nrm.search_entries() RETURNS TABLE (case_ref uuid, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE read_rows int;
BEGIN
    IF NOT nrm.factor_is_strong() THEN
        RETURN;
    END IF;
    SELECT count(*) INTO read_rows FROM nrm.search_entry AS entry
    WHERE entry.organisation = (SELECT nrm.reader_organisation());
    PERFORM nrm.write_journal('searched_names', NULL, '{}', read_rows);
    RETURN QUERY SELECT entry.case_ref, entry.sealed FROM nrm.search_entry AS entry
    WHERE entry.organisation = (SELECT nrm.reader_organisation())
      AND (entry.case_ref, entry.compartment) IN (SELECT * FROM nrm.parts_with_names());
END $$;

-- Where the reader reads names: the parts of identity that are open to her now.
CREATE FUNCTION nrm.parts_with_names() RETURNS TABLE (case_ref uuid, compartment text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT DISTINCT access.case_ref, access.compartment FROM nrm.access
    WHERE access.organisation = (SELECT nrm.reader_organisation())
      AND access.compartment IN ('D2', 'D2S') AND access.state = 'open'
      AND (access.account IS NULL OR access.account = (SELECT nrm.reader_account()))
      AND access.role = ANY ((SELECT nrm.reader_roles())::text[])
      AND ((SELECT nrm.reader_parts()) IS NULL
        OR rtrim(access.compartment, 'S') = ANY ((SELECT nrm.reader_parts())::text[]))
      AND access.closed_at IS NULL AND access.until > now()
$$;

-- Facts that tell a name the reader may read and that her house does not find people by yet.
CREATE FUNCTION nrm.names_not_kept(known uuid[])
RETURNS TABLE (fact_ref uuid, case_ref uuid, compartment text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT named.fact_ref, mine.case_ref, mine.compartment
    FROM nrm.parts_with_names() AS mine CROSS JOIN LATERAL (
        SELECT fact.fact_ref FROM nrm.fact
        WHERE fact.case_ref = mine.case_ref AND fact.kind = 'person_described'
          AND fact.compartment = mine.compartment AND fact.key_version > 0 OFFSET 0) AS named
    WHERE named.fact_ref <> ALL (known) AND (SELECT nrm.factor_is_strong())
$$;
REVOKE ALL ON FUNCTION nrm.parts_with_names(), nrm.names_not_kept(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.names_not_kept(uuid[]) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
