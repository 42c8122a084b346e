-- Who opened sealed parts of a case, for those who keep her consents (R51): organisations and
-- roles, from the journal; no account and no name of a worker comes out.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.who_looked(in_case uuid)
RETURNS TABLE (organisation uuid, role text, compartment text, first_at timestamptz,
    last_at timestamptz, times int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT entry.organisation, held.role, part, min(entry.at), max(entry.at),
           count(DISTINCT entry.entry)::int
    FROM nrm.journal AS entry
    CROSS JOIN LATERAL unnest(entry.compartments) AS part
    LEFT JOIN LATERAL (
        SELECT min(access.role) AS role
        FROM nrm.access JOIN public.accounts_membership AS membership
            ON membership.role = access.role AND membership.account_id = entry.account
        WHERE access.case_ref = in_case AND access.organisation = entry.organisation
          AND access.compartment = part AND access.opens_at <= entry.at
    ) AS held ON true
    WHERE entry.case_ref = in_case AND entry.action = 'read_sealed'
      AND (SELECT nrm.has_row(in_case, 'D10', false))
    GROUP BY 1, 2, 3
    ORDER BY 5 DESC
$$;
REVOKE ALL ON FUNCTION nrm.who_looked(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.who_looked(uuid) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
