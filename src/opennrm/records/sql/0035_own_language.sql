-- Whoever is signed in chooses the language of her own pages and notices.
GRANT UPDATE (language) ON public.accounts_account TO opennrm_definer;
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

CREATE FUNCTION nrm.speak(in_language text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.reader_account() IS NULL OR in_language !~ '^[a-z]{2,3}(-[A-Za-z]{2,8})?$' THEN
        PERFORM nrm.refuse('This language is not known here.');
    END IF;
    UPDATE public.accounts_account SET language = in_language WHERE ref = nrm.reader_account();
END $$;

REVOKE ALL ON FUNCTION nrm.speak(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.speak(text) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
