-- A program reads and writes the co-ordination only where the part D15 was named for it, whatever the
-- code above asks; a person at work has no parts.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE OR REPLACE FUNCTION nrm.may_coordinate(in_area text, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.coordination_permit AS permit
        WHERE permit.area = in_area AND permit.act = wanted
          AND permit.role = ANY (nrm.reader_roles()::text[])
          AND ((SELECT nrm.reader_parts()) IS NULL
            OR 'D15' = ANY ((SELECT nrm.reader_parts())::text[])))
$$;
-- What a program did once is kept in the transaction of the step, here as in a case.
GRANT EXECUTE ON FUNCTION nrm.answered_before(uuid), nrm.keep_answer(uuid, bytea, uuid)
    TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
