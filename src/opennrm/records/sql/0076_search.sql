-- As before; what is known already is looked up once for each name, not compared with every name.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE OR REPLACE FUNCTION nrm.names_not_kept(known uuid[])
RETURNS TABLE (fact_ref uuid, case_ref uuid, compartment text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT named.fact_ref, mine.case_ref, mine.compartment
    FROM nrm.parts_with_names() AS mine CROSS JOIN LATERAL (
        SELECT fact.fact_ref FROM nrm.fact
        WHERE fact.case_ref = mine.case_ref AND fact.kind = 'person_described'
          AND fact.compartment = mine.compartment AND fact.key_version > 0 OFFSET 0) AS named
    WHERE (SELECT nrm.factor_is_strong()) AND named.fact_ref NOT IN (SELECT unnest(known))
$$;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
