-- An agreement that all have signed is brought into force: from then on, and only until its end,
-- the people of its parties may take part. Who belongs where is written by nobody else.
CREATE FUNCTION nrm.bring_into_force(of_agreement uuid) RETURNS integer
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
            made.in_force_until
        FROM public.coordination_party AS party
        JOIN public.coordination_registerentry AS entry ON entry.ref = party.entry_id
        JOIN public.coordination_agreement AS made ON made.ref = party.agreement_id
        WHERE party.agreement_id = of_agreement AND entry.member_id IS NOT NULL
    LOOP
        INSERT INTO public.accounts_agreement
            (organisation_id, title, in_force_from, in_force_until)
        VALUES (bound.member_id, left(bound.title || ' (' || bound.version || ')', 200),
            bound.in_force_from, bound.in_force_until)
        RETURNING id INTO kept;
        UPDATE public.coordination_party SET accounts_agreement = kept WHERE ref = bound.ref;
        number_bound := number_bound + 1;
    END LOOP;
    UPDATE public.coordination_agreement SET status = 'in_force' WHERE ref = of_agreement;
    RETURN number_bound;
END $$;

-- Ending it early shortens what its parties may do, and takes nothing from before.
CREATE FUNCTION nrm.end_agreement(of_agreement uuid, last_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.may_coordinate('agreements', 'decide') THEN
        RAISE EXCEPTION 'Only the co-ordinator ends an agreement.' USING ERRCODE = 'NR403';
    END IF;
    UPDATE public.accounts_agreement AS held
    SET in_force_until = least(held.in_force_until, greatest(last_day, held.in_force_from) + 1)
    FROM public.coordination_party AS party
    WHERE party.agreement_id = of_agreement AND held.id = party.accounts_agreement;
    UPDATE public.coordination_agreement SET status = 'ended',
        in_force_until = least(in_force_until, greatest(last_day, in_force_from) + 1)
    WHERE ref = of_agreement AND status = 'in_force';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only an agreement in force can be ended.' USING ERRCODE = 'NR409';
    END IF;
END $$;

-- What binds is not rewritten by the pages: an agreement open for signature keeps its text and its
-- parties, is signed only then, and changes where it stands through the functions above.
CREATE FUNCTION nrm.agreement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text[] := ARRAY['status', 'notice_days'];
BEGIN
    IF current_user <> 'opennrm_app' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'draft' THEN
            RAISE EXCEPTION 'Only a draft is removed.' USING ERRCODE = 'NR409';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.status <> 'draft' OR TG_OP = 'UPDATE' AND (
        OLD.status <> 'draft' AND (to_jsonb(OLD) - free) <> (to_jsonb(NEW) - free)
        OR OLD.status <> NEW.status AND (NEW.status NOT IN ('draft', 'open')
            OR OLD.status NOT IN ('draft', 'open')
            OR NEW.status = 'draft' AND EXISTS (
                SELECT 1 FROM public.coordination_signature AS signed
                JOIN public.coordination_party AS party ON party.ref = signed.party_id
                WHERE party.agreement_id = OLD.ref))) THEN
        RAISE EXCEPTION 'What is open for signature or in force is not rewritten.'
            USING ERRCODE = 'NR409';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION nrm.party_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'opennrm_app' AND EXISTS (
        SELECT 1 FROM public.coordination_agreement WHERE status <> 'draft'
          AND ref IN (coalesce(NEW.agreement_id, OLD.agreement_id), OLD.agreement_id)) THEN
        RAISE EXCEPTION 'Parties are named while an agreement is a draft.' USING ERRCODE = 'NR409';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE FUNCTION nrm.signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'opennrm_app' AND EXISTS (
        SELECT 1 FROM public.coordination_party AS party
        JOIN public.coordination_agreement AS made ON made.ref = party.agreement_id
        WHERE party.ref IN (coalesce(NEW.party_id, OLD.party_id), OLD.party_id)
          AND made.status <> 'open') THEN
        RAISE EXCEPTION 'An agreement is signed while it is open for signature.'
            USING ERRCODE = 'NR409';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON public.coordination_agreement
FOR EACH ROW EXECUTE FUNCTION nrm.agreement_stays();
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON public.coordination_party
FOR EACH ROW EXECUTE FUNCTION nrm.party_stays();
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON public.coordination_signature
FOR EACH ROW EXECUTE FUNCTION nrm.signature_stays();

GRANT SELECT, INSERT, UPDATE ON public.accounts_agreement TO opennrm_definer;
GRANT USAGE ON SEQUENCE public.accounts_agreement_id_seq TO opennrm_definer;
GRANT SELECT, UPDATE ON public.coordination_agreement, public.coordination_party
    TO opennrm_definer;
GRANT SELECT ON public.coordination_signature, public.coordination_registerentry
    TO opennrm_definer;
CREATE POLICY deciding ON public.coordination_agreement TO opennrm_definer USING (true);
CREATE POLICY deciding ON public.coordination_party TO opennrm_definer USING (true);
CREATE POLICY deciding ON public.coordination_signature TO opennrm_definer USING (true);
CREATE POLICY deciding ON public.coordination_registerentry TO opennrm_definer USING (true);

DO $$
BEGIN
    GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
    REVOKE ALL ON FUNCTION nrm.bring_into_force(uuid), nrm.end_agreement(uuid, date),
        nrm.agreement_stays(), nrm.party_stays(), nrm.signature_stays() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION nrm.bring_into_force(uuid), nrm.end_agreement(uuid, date)
        TO opennrm_app;
    ALTER FUNCTION nrm.bring_into_force(uuid) OWNER TO opennrm_definer;
    ALTER FUNCTION nrm.end_agreement(uuid, date) OWNER TO opennrm_definer;
    REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
END $$;
