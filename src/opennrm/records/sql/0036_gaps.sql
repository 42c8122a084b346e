-- What people looked for and did not get, counted over one State, and how long those who live in a house are
-- promised rest. Counts are of people, over the last four whole quarters, from ten on and rounded down to
-- fives: the threshold of the figures (statistics.Rule), written here so that no caller chooses another.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

CREATE FUNCTION nrm.unmet_needs()
RETURNS TABLE (service text, lacks text, groups text[], area text, people int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH place AS (
        SELECT own.jurisdiction FROM public.accounts_organisation AS own
        WHERE own.ref = nrm.reader_organisation() AND nrm.may_coordinate('directory', 'read')
    ), said AS (
        SELECT fact.*, head.jurisdiction FROM nrm.fact
        JOIN nrm.case_head AS head USING (case_ref) JOIN place USING (jurisdiction)
        WHERE fact.kind IN ('service_not_found', 'offer_answered', 'partner_answered')
          AND fact.recorded_at < date_trunc('quarter', now())
          AND fact.recorded_at >= date_trunc('quarter', now()) - interval '1 year'
    ), missing AS (
        SELECT said.case_ref, said.open ->> 'service' AS service, lack,
            said.open -> 'groups' AS groups, said.open ->> 'area' AS area
        FROM said CROSS JOIN LATERAL jsonb_array_elements_text(said.open -> 'lacks') AS lack
        WHERE said.kind = 'service_not_found'
        UNION ALL
        SELECT said.case_ref, asked.open ->> 'service', CASE said.open ->> 'reason'
            WHEN 'no_place' THEN 'places' WHEN 'no_place_for_sex' THEN 'group'
            WHEN 'no_place_for_age' THEN 'group' WHEN 'form_not_covered' THEN 'form'
            WHEN 'not_accessible' THEN 'access' WHEN 'outside_area' THEN 'area'
            WHEN 'no_interpreter' THEN 'language' WHEN 'service_not_provided' THEN 'nobody_offers_it' END,
            asked.open -> 'groups', NULL
        FROM said JOIN nrm.fact AS asked ON asked.fact_ref = nrm.reference_in(said.open, 'answers')
            AND asked.case_ref = said.case_ref
        WHERE said.open ->> 'answer' = 'declined'
          AND (said.kind = 'partner_answered' OR said.open ->> 'by' = 'provider')
    ), grouped AS (
        SELECT missing.case_ref, missing.service, missing.lack, coalesce(missing.area, '') AS area,
            ARRAY(SELECT each FROM jsonb_array_elements_text(coalesce(missing.groups, '[]')) AS each
                  ORDER BY each) AS groups
        FROM missing WHERE missing.lack IS NOT NULL AND missing.service IS NOT NULL
    )
    SELECT one.service, one.lack, one.groups, one.area,
        (count(DISTINCT one.case_ref) / 5 * 5)::int
    FROM grouped AS one GROUP BY 1, 2, 3, 4 HAVING count(DISTINCT one.case_ref) >= 10
    ORDER BY 5 DESC, 1, 2;
END $$;

-- Until when the recovery periods of those last who hold a place of the reader's own house; only of cases of
-- which the reader may read that part.
CREATE FUNCTION nrm.own_recovery_ends() RETURNS TABLE (service uuid, ends date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT held.service, max(due.due_at)::date
    FROM nrm.place_held AS held
    JOIN public.coordination_serviceprovided AS kept ON kept.ref = held.service
    JOIN public.coordination_registerentry AS entry ON entry.ref = kept.entry_id
    JOIN nrm.deadline AS due ON due.case_ref = held.case_ref AND due.kind = 'T06'
    WHERE entry.member_id = (SELECT nrm.reader_organisation())
      AND nrm.has_row(held.case_ref, due.compartment, false)
    GROUP BY held.service;
END $$;
REVOKE ALL ON FUNCTION nrm.unmet_needs(), nrm.own_recovery_ends() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.unmet_needs(), nrm.own_recovery_ends() TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
