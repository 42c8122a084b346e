-- Officers for an organisation that has people and no officer: two members put themselves forward
-- together, and whoever enrols organisations confirms. Strangers cannot be named; two members alone
-- do not become officers, and neither does anybody the members did not put forward.
CREATE TABLE nrm.officer_proposal (
    organisation uuid PRIMARY KEY REFERENCES public.accounts_organisation (ref),
    first_member uuid NOT NULL REFERENCES public.accounts_account (ref),
    second_member uuid NOT NULL REFERENCES public.accounts_account (ref),
    proposed_at timestamptz NOT NULL DEFAULT now(),
    agreed_at timestamptz,
    CHECK (first_member <> second_member)
);
ALTER TABLE nrm.officer_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.officer_proposal FORCE ROW LEVEL SECURITY;
ALTER TABLE nrm.officer_proposal ALTER COLUMN organisation SET STATISTICS 0,
    ALTER COLUMN first_member SET STATISTICS 0, ALTER COLUMN second_member SET STATISTICS 0,
    ALTER COLUMN proposed_at SET STATISTICS 0, ALTER COLUMN agreed_at SET STATISTICS 0;
CREATE POLICY definer ON nrm.officer_proposal TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.officer_proposal TO opennrm_definer;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.require_no_officer(house uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.accounts_account
        WHERE organisation_id = house AND is_active AND is_officer) THEN
        PERFORM nrm.refuse('This organisation has an officer. She names the next one.');
    END IF;
    IF NOT nrm.factor_is_fresh() THEN
        PERFORM nrm.refuse('Show your second factor again first.');
    END IF;
END $$;
CREATE FUNCTION nrm.propose_officers(colleague uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_no_officer(nrm.reader_organisation());
    PERFORM nrm.require_colleague(nrm.reader_account());
    PERFORM nrm.require_colleague(colleague);
    IF nrm.reader_factor() = 'none' OR colleague = nrm.reader_account() THEN
        PERFORM nrm.refuse('Name a colleague who will be officer with you.');
    END IF;
    INSERT INTO nrm.officer_proposal (organisation, first_member, second_member)
    VALUES (nrm.reader_organisation(), nrm.reader_account(), colleague)
    ON CONFLICT (organisation) DO UPDATE SET first_member = excluded.first_member,
        second_member = excluded.second_member, proposed_at = now(), agreed_at = NULL;
    PERFORM nrm.write_journal('officers_proposed', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.agree_to_be_officer() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_no_officer(nrm.reader_organisation());
    UPDATE nrm.officer_proposal SET agreed_at = now()
    WHERE organisation = nrm.reader_organisation() AND second_member = nrm.reader_account()
      AND agreed_at IS NULL AND proposed_at > now() - interval '7 days'
      AND nrm.reader_factor() <> 'none';
    IF NOT FOUND THEN
        PERFORM nrm.refuse('Nobody put you forward here within the last seven days.');
    END IF;
    PERFORM nrm.write_journal('officers_proposed', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.confirm_officers(house uuid, first uuid, second uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_registrar();
    PERFORM nrm.require_no_officer(house);
    DELETE FROM nrm.officer_proposal
    WHERE organisation = house AND first_member = first AND second_member = second
      AND agreed_at > now() - interval '7 days'
      AND nrm.reader_account() NOT IN (first_member, second_member);
    IF NOT FOUND THEN
        PERFORM nrm.refuse('Two members put themselves forward first, within seven days.');
    END IF;
    UPDATE public.accounts_account SET is_officer = true
    WHERE ref IN (first, second) AND organisation_id = house AND is_active AND NOT is_front_door;
    PERFORM nrm.write_journal('officers_confirmed', NULL, '{}', NULL);
END $$;
-- What waits: to the members of the organisation, and, once both agreed, to who confirms.
CREATE FUNCTION nrm.officer_proposals()
RETURNS TABLE (organisation uuid, first_member uuid, second_member uuid, first_name text,
    second_name text, is_agreed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT waits.organisation, first_member, second_member, one.display_name::text,
        other.display_name::text, agreed_at IS NOT NULL
    FROM nrm.officer_proposal AS waits
    JOIN public.accounts_account AS one ON one.ref = first_member AND one.is_active
    JOIN public.accounts_account AS other ON other.ref = second_member AND other.is_active
    WHERE proposed_at > now() - interval '7 days'
      AND ((waits.organisation = (SELECT nrm.reader_organisation())
            AND (SELECT nrm.reader_factor()) <> 'none')
        OR (agreed_at IS NOT NULL AND (SELECT nrm.reader_roles()) && ARRAY['NCO', 'AD']))
$$;
REVOKE ALL ON FUNCTION nrm.require_no_officer(uuid), nrm.propose_officers(uuid),
    nrm.agree_to_be_officer(), nrm.confirm_officers(uuid, uuid, uuid), nrm.officer_proposals()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.propose_officers(uuid), nrm.agree_to_be_officer(),
    nrm.confirm_officers(uuid, uuid, uuid), nrm.officer_proposals() TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
