-- The database gives places of a service while its row is locked (nrm.lowest_free_place), and lets
-- nobody take a place out of the directory that is held.
GRANT SELECT, UPDATE (places) ON public.coordination_serviceprovided TO opennrm_definer;
CREATE POLICY giving ON public.coordination_serviceprovided TO opennrm_definer USING (true);
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON public.coordination_serviceprovided
FOR EACH ROW EXECUTE FUNCTION nrm.places_stay();
SET ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.places_stay() FROM opennrm_owner;
RESET ROLE;
