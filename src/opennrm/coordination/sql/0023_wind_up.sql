-- For how long open cases are wound up after an agreement ended is part of what was signed; the
-- co-ordinator closes them at once where trust has gone (decision 0082).
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Replaced: as before, with the days of winding up.
CREATE OR REPLACE FUNCTION nrm.bring_into_force(of_agreement uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE bound record; kept bigint; number_bound integer := 0;
BEGIN
    IF NOT nrm.may_coordinate('agreements', 'decide') THEN
        RAISE EXCEPTION 'Only the co-ordinator brings an agreement into force.'
            USING ERRCODE = 'NR403';
    END IF;
    PERFORM 1 FROM public.coordination_agreement
    WHERE ref = of_agreement AND status = 'open' FOR UPDATE;
    IF NOT FOUND OR NOT EXISTS (
        SELECT 1 FROM public.coordination_party WHERE agreement_id = of_agreement)
    OR EXISTS (
        SELECT 1 FROM public.coordination_party AS party
        LEFT JOIN public.coordination_signature AS signed ON signed.party_id = party.ref
        WHERE party.agreement_id = of_agreement AND signed.ref IS NULL) THEN
        RAISE EXCEPTION 'An agreement comes into force when all its parties have signed.'
            USING ERRCODE = 'NR409';
    END IF;
    FOR bound IN
        SELECT party.ref, entry.member_id, made.title, made.version, made.in_force_from,
            made.in_force_until, made.wind_up_days
        FROM public.coordination_party AS party
        JOIN public.coordination_registerentry AS entry ON entry.ref = party.entry_id
        JOIN public.coordination_agreement AS made ON made.ref = party.agreement_id
        WHERE party.agreement_id = of_agreement AND entry.member_id IS NOT NULL
    LOOP
        INSERT INTO public.accounts_agreement
            (organisation_id, title, in_force_from, in_force_until, wind_up_days)
        VALUES (bound.member_id, left(bound.title || ' (' || bound.version || ')', 200),
            bound.in_force_from, bound.in_force_until, bound.wind_up_days)
        RETURNING id INTO kept;
        UPDATE public.coordination_party SET accounts_agreement = kept WHERE ref = bound.ref;
        number_bound := number_bound + 1;
    END LOOP;
    UPDATE public.coordination_agreement SET status = 'in_force' WHERE ref = of_agreement;
    RETURN number_bound;
END $$;

CREATE FUNCTION nrm.close_cases(of_agreement uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.may_coordinate('agreements', 'decide') THEN
        RAISE EXCEPTION 'Only the co-ordinator ends an agreement.' USING ERRCODE = 'NR403';
    END IF;
    UPDATE public.coordination_agreement SET wind_up_days = 0
    WHERE ref = of_agreement AND status = 'ended';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'End the agreement first.' USING ERRCODE = 'NR409';
    END IF;
    UPDATE public.accounts_agreement AS held SET wind_up_days = 0
    FROM public.coordination_party AS party
    WHERE party.agreement_id = of_agreement AND held.id = party.accounts_agreement;
END $$;
REVOKE ALL ON FUNCTION nrm.close_cases(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.close_cases(uuid) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
