-- A change that opens or closes access is written, and what is live after it is read, in one go; with
-- the rights of who calls it, which is the recorder.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.record_and_read(steps jsonb, of_case uuid) RETURNS json
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.record(steps);
    RETURN nrm.live_access(of_case);
END $$;
REVOKE ALL ON FUNCTION nrm.record_and_read(jsonb, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.record_and_read(jsonb, uuid) TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
