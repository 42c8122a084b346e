-- A factor that is being used changes in nothing but its last use, and recovery codes only become
-- fewer. Else a session that still waits for its factor could be given another one's secret.
CREATE FUNCTION nrm.keep_factor() RETURNS trigger
LANGUAGE plpgsql SET search_path = nrm, pg_temp AS $$
DECLARE
    is_used_up boolean := OLD.type = 'recovery_codes' AND OLD.data - 'used_mask' - 'viewed_at'
            = NEW.data - 'used_mask' - 'viewed_at'
        AND coalesce((NEW.data ->> 'used_mask')::bigint, 0)
            & coalesce((OLD.data ->> 'used_mask')::bigint, 0)
            = coalesce((OLD.data ->> 'used_mask')::bigint, 0);
BEGIN
    IF NEW.user_id <> OLD.user_id OR NEW.type <> OLD.type OR (NEW.data <> OLD.data
            AND NOT is_used_up AND NOT nrm.may_change_factors(OLD.type)) THEN
        RAISE EXCEPTION 'A factor is not exchanged; add another one.' USING ERRCODE = 'NR403';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION nrm.keep_factor() FROM PUBLIC;
CREATE TRIGGER kept BEFORE UPDATE ON public.mfa_authenticator
    FOR EACH ROW WHEN (current_user = 'opennrm_app') EXECUTE FUNCTION nrm.keep_factor();
