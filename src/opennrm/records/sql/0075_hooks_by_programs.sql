-- Systems that are told of news are named by a program too, where its person is an officer of the
-- house and named this step when she let it in, which she did with a fresh second factor.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.require_officer_or_program(step text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.is_officer() AND EXISTS (SELECT 1 FROM nrm.program
        WHERE token_hash = nrm.hash_of(nullif(current_setting('opennrm.token', true), ''))
          AND account = nrm.reader_account() AND step = ANY (steps)) THEN
        RETURN nrm.reader_organisation();
    END IF;
    RETURN nrm.require_officer();
END $$;
CREATE OR REPLACE FUNCTION nrm.add_hook(ref uuid, to_address text, locked bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer_or_program('systems');
BEGIN
    IF (SELECT count(*) FROM nrm.hook WHERE organisation = house AND ended_at IS NULL) >= 5 THEN
        PERFORM nrm.refuse('An organisation has five of its systems told at most. End one first.');
    END IF;
    INSERT INTO nrm.hook (hook_ref, organisation, address, locked_secret, made_by)
    VALUES (ref, house, to_address, locked, nrm.reader_account());
    PERFORM nrm.write_journal('hook_added', NULL, '{}', NULL);
END $$;
CREATE OR REPLACE FUNCTION nrm.end_hook(ref uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer_or_program('systems');
BEGIN
    UPDATE nrm.hook SET ended_at = now() WHERE hook_ref = ref AND organisation = house
      AND ended_at IS NULL;
    DELETE FROM nrm.post WHERE what = 'hook' AND ours = ref
      AND EXISTS (SELECT 1 FROM nrm.hook WHERE hook_ref = ref AND organisation = house);
    PERFORM nrm.write_journal('hook_ended', NULL, '{}', NULL);
END $$;
REVOKE ALL ON FUNCTION nrm.require_officer_or_program(text) FROM PUBLIC;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
