-- That somebody saved her work list as a file: why, by a code, and how many lines it had.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.note_list_saved(reason text, lines int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.reader_account() IS NULL OR reason !~ '^[a-z_]{1,40}$' OR lines < 0 THEN
        RAISE EXCEPTION 'Say by a code why a list is saved.' USING ERRCODE = 'NR403';
    END IF;
    PERFORM nrm.write_journal('list_saved_' || reason, NULL, '{}', lines);
END $$;
REVOKE ALL ON FUNCTION nrm.note_list_saved(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.note_list_saved(text, int) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
