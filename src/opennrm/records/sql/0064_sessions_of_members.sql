-- An officer ends every session of a member at once, programs too: a lost telephone at night. Nothing
-- else changes; the member signs in again.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.end_sessions_of(person uuid) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE ended int;
BEGIN
    PERFORM nrm.require_officer();
    PERFORM nrm.require_colleague(person);
    UPDATE nrm.sign_in SET ended_at = now(), session_key = NULL
    WHERE account = person AND ended_at IS NULL;
    GET DIAGNOSTICS ended = ROW_COUNT;
    UPDATE nrm.program SET ended_at = now() WHERE account = person AND ended_at IS NULL;
    PERFORM nrm.write_journal('sessions_ended', NULL, '{}', NULL);
    RETURN ended;
END $$;
REVOKE ALL ON FUNCTION nrm.end_sessions_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.end_sessions_of(uuid) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
