-- A plan stands as adopted only once the commission approved this version, and is not undone: what
-- was adopted gets a new version.
CREATE FUNCTION nrm.plan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'opennrm_app' THEN
        RETURN NEW;
    END IF;
    IF NEW.status = 'adopted' AND (TG_OP = 'INSERT' OR OLD.status <> 'adopted') AND NOT EXISTS (
        SELECT 1 FROM public.coordination_approval
        WHERE plan_id = NEW.ref AND outcome = 'approved') THEN
        RAISE EXCEPTION 'The commission has not approved this plan.' USING ERRCODE = 'NR409';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.status IN ('adopted', 'ended')
        AND NEW.status NOT IN ('adopted', 'ended') THEN
        RAISE EXCEPTION 'An adopted plan is changed by a new version.' USING ERRCODE = 'NR409';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE ON public.coordination_plan
FOR EACH ROW EXECUTE FUNCTION nrm.plan_stays();
REVOKE ALL ON FUNCTION nrm.plan_stays() FROM PUBLIC;
