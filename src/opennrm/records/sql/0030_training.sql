-- When training that a role needs has run out, its holder begins no new case and no new sharing.
-- What she holds already stays open to her: a lapse never harms.
CREATE TABLE nrm.training_needed (
    role text NOT NULL,
    tag text NOT NULL,
    PRIMARY KEY (role, tag)
);
ALTER TABLE nrm.training_needed ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.training_needed FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.training_needed TO opennrm_definer USING (true) WITH CHECK (true);
CREATE POLICY enrolling ON nrm.training_needed TO opennrm_owner USING (true) WITH CHECK (true);
GRANT SELECT ON nrm.training_needed, public.accounts_trainingtag TO opennrm_definer;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.require_training() RETURNS trigger
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM public.accounts_trainingtag AS held
        JOIN nrm.training_needed AS needed ON needed.tag = held.tag
        WHERE held.account_id = nrm.reader_account() AND held.valid_until < current_date
          AND needed.role = ANY (nrm.reader_roles())) THEN
        RAISE EXCEPTION 'Training that this role needs has run out.' USING ERRCODE = 'NR403';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION nrm.require_training() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.require_training() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

CREATE TRIGGER trained BEFORE INSERT ON nrm.case_head
    FOR EACH ROW EXECUTE FUNCTION nrm.require_training();
CREATE TRIGGER trained BEFORE INSERT ON nrm.access
    FOR EACH ROW WHEN (NEW.state = 'offered') EXECUTE FUNCTION nrm.require_training();
