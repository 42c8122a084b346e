-- Who may what in the co-ordination, and the history that no page can leave out.
-- The table of permissions is kept from the code (permissions.py); a reader is bound by her token.
CREATE FUNCTION nrm.may_coordinate(in_area text, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.coordination_permit AS permit
        WHERE permit.area = in_area AND permit.act = wanted
          AND permit.role = ANY (nrm.reader_roles()::text[]))
$$;

-- The first argument of the trigger is the area, the second the column of the one organisation
-- that may read what changed, where there is one.
CREATE FUNCTION nrm.keep_change() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE old_row jsonb; new_row jsonb; whole jsonb; was jsonb; became jsonb;
BEGIN
    old_row := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    whole := old_row || new_row;
    SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(old_row)
    WHERE new_row -> key IS DISTINCT FROM value AND value <> 'null';
    SELECT jsonb_object_agg(key, value) INTO became FROM jsonb_each(new_row)
    WHERE old_row -> key IS DISTINCT FROM value AND (TG_OP = 'UPDATE' OR value <> 'null');
    IF TG_OP = 'UPDATE' AND was IS NULL AND became IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.coordination_change
        ("table", row, area, act, at, account, organisation, private_to, why, before, after)
    VALUES (TG_TABLE_NAME, (whole ->> 'ref')::uuid, TG_ARGV[0], lower(TG_OP), now(),
        nrm.reader_account(), nrm.reader_organisation(), (whole ->> TG_ARGV[1])::uuid,
        coalesce(current_setting('opennrm.why', true), ''), was, became);
    RETURN NULL;
END $$;

GRANT SELECT ON public.coordination_permit TO opennrm_definer;
GRANT INSERT ON public.coordination_change TO opennrm_definer;

DO $$
BEGIN
    GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
    REVOKE ALL ON FUNCTION nrm.may_coordinate(text, text), nrm.keep_change() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION nrm.may_coordinate(text, text) TO opennrm_app;
    ALTER FUNCTION nrm.may_coordinate(text, text) OWNER TO opennrm_definer;
    ALTER FUNCTION nrm.keep_change() OWNER TO opennrm_definer;
    REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
END $$;
-- The owner hangs the trigger on tables; nobody can call it by itself.
SET ROLE opennrm_definer;
GRANT EXECUTE ON FUNCTION nrm.keep_change() TO opennrm_owner;
RESET ROLE;

ALTER TABLE public.coordination_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY keeping ON public.coordination_change FOR INSERT TO opennrm_definer WITH CHECK (true);
CREATE POLICY reader ON public.coordination_change FOR SELECT TO opennrm_app USING (
    nrm.may_coordinate(area, 'read')
    AND (private_to IS NULL OR private_to = (SELECT nrm.reader_organisation())));
GRANT SELECT ON public.coordination_change TO opennrm_app;

-- What was published is for everybody; who may write an area publishes from it, and takes back.
ALTER TABLE public.coordination_publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON public.coordination_publication FOR SELECT TO opennrm_app USING (true);
CREATE POLICY publishing ON public.coordination_publication FOR INSERT TO opennrm_app
    WITH CHECK (nrm.may_coordinate(area, 'write'));
CREATE POLICY taking_back ON public.coordination_publication FOR DELETE TO opennrm_app
    USING (nrm.may_coordinate(area, 'write'));
GRANT SELECT, INSERT, DELETE ON public.coordination_publication TO opennrm_app;
GRANT USAGE ON SEQUENCE public.coordination_change_id_seq TO opennrm_definer;
