-- Thirty days after it was begun, an import that nobody finished ends: rows that wait are deleted, and
-- what was recorded stays.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.forget_imports(moment timestamptz) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH late AS (
        SELECT import_ref, first_case_at FROM nrm.import WHERE state NOT IN ('done', 'undone')
          AND begun_at < least(moment, now()) - interval '30 days' FOR UPDATE
    ), ended AS (
        UPDATE nrm.import SET state = 'done' WHERE import_ref IN
            (SELECT import_ref FROM late WHERE first_case_at IS NOT NULL) RETURNING import_ref
    ), emptied AS (
        DELETE FROM nrm.import_part WHERE import_ref IN (SELECT import_ref FROM ended)
    ), gone AS (
        DELETE FROM nrm.import WHERE import_ref IN
            (SELECT import_ref FROM late WHERE first_case_at IS NULL)
    ) SELECT count(*)::int FROM late
$$;
REVOKE ALL ON FUNCTION nrm.forget_imports(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.forget_imports(timestamptz) TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
