-- What changed in a row that only some may read is read by those who changed it, not by every
-- reader of the area: what an office asks of a reply of NGOs stays between them. The second argument
-- of the trigger is the column of the one organisation that may read what changed, or an asterisk.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE OR REPLACE FUNCTION nrm.keep_change() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    old_row jsonb; new_row jsonb; whole jsonb; was jsonb; became jsonb; only_for uuid;
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
    only_for := CASE WHEN TG_ARGV[1] = '*' THEN coalesce(nrm.reader_organisation(), nobody)
        ELSE (whole ->> TG_ARGV[1])::uuid END;
    INSERT INTO public.coordination_change
        ("table", row, area, act, at, account, organisation, private_to, why, before, after)
    VALUES (TG_TABLE_NAME, (whole ->> 'ref')::uuid, TG_ARGV[0], lower(TG_OP), now(),
        nrm.reader_account(), nrm.reader_organisation(), only_for,
        coalesce(current_setting('opennrm.why', true), ''), was, became);
    RETURN NULL;
END $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

UPDATE public.coordination_change
SET private_to = coalesce(organisation, '00000000-0000-0000-0000-000000000000')
WHERE private_to IS NULL AND "table" IN (
    'coordination_surveyreturn', 'coordination_surveycoding', 'coordination_conductreport');
