-- A package for a court is made by a second person of the house whose colleague recorded the order, once,
-- and holds exactly what was ordered. No basis of an access row knows a court order.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.check_court_package() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NEW.corrects IS NOT NULL OR (NEW.kind = 'court_package_made' AND (NOT EXISTS (
        SELECT 1 FROM nrm.fact AS ordered
        WHERE ordered.case_ref = NEW.case_ref AND ordered.kind = 'court_order_recorded'
          AND ordered.fact_ref = nrm.reference_in(NEW.open, 'answers')
          AND ordered.organisation = NEW.organisation AND ordered.actor <> NEW.actor
          AND ordered.open -> 'scopes' @> (NEW.open -> 'scopes')
          AND ordered.open -> 'scopes' <@ (NEW.open -> 'scopes')
    ) OR EXISTS (
        SELECT 1 FROM nrm.fact AS made
        WHERE made.case_ref = NEW.case_ref AND made.kind = 'court_package_made'
          AND made.open ->> 'answers' = NEW.open ->> 'answers'))) THEN
        RAISE EXCEPTION 'A package for a court is made once, by a second person, as ordered.'
            USING ERRCODE = 'NR403';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION nrm.check_court_package() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.check_court_package() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
CREATE TRIGGER court_packages BEFORE INSERT ON nrm.fact FOR EACH ROW
    WHEN (NEW.kind IN ('court_order_recorded', 'court_package_made'))
    EXECUTE FUNCTION nrm.check_court_package();
ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER court_packages;
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.check_court_package() FROM opennrm_owner;
RESET ROLE;
