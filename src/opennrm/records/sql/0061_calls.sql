-- Calls to a helpline. A call is no case: it keeps the month, the house and a few codes, and nothing
-- by which one call could be told from another. Where the caller wishes to be called back, what
-- she said for that is sealed to the helpline's own key, stands beside no call, and goes when its
-- time is over, with whoever looks next.
CREATE TABLE nrm.call (
    call_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    answers jsonb NOT NULL CHECK (nrm.only_codes(answers))
);
CREATE INDEX call_month ON nrm.call (organisation, month);
CREATE TABLE nrm.call_back (
    call_back_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    from_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    sealed bytea NOT NULL CHECK (octet_length(sealed) <= 20000),
    CHECK (from_at < until_at AND until_at < from_at + interval '31 days')
);
DO $$
DECLARE place text;
BEGIN
    FOREACH place IN ARRAY ARRAY['call', 'call_back'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', place);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', place);
        EXECUTE format(
            'CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) WITH CHECK (true)',
            place);
    END LOOP;
END $$;
-- Row estimates tell nothing about when somebody waits for a call.
ALTER TABLE nrm.call_back ALTER COLUMN from_at SET STATISTICS 0,
    ALTER COLUMN until_at SET STATISTICS 0, ALTER COLUMN organisation SET STATISTICS 0;
GRANT SELECT, INSERT ON nrm.call TO opennrm_definer;
GRANT SELECT, INSERT, DELETE ON nrm.call_back TO opennrm_definer;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.require_helpline() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT ('HL' = ANY (nrm.reader_roles())) THEN
        RAISE EXCEPTION 'Only a helpline keeps calls.' USING ERRCODE = 'NR403';
    END IF;
END $$;
CREATE FUNCTION nrm.keep_call(ref uuid, in_month date, codes jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_helpline();
    INSERT INTO nrm.call (call_ref, organisation, month, answers)
    VALUES (ref, nrm.reader_organisation(), in_month, codes) ON CONFLICT (call_ref) DO NOTHING;
END $$;
CREATE FUNCTION nrm.keep_call_back(ref uuid, safe_from timestamptz, safe_until timestamptz,
    content bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_helpline();
    INSERT INTO nrm.call_back (call_back_ref, organisation, from_at, until_at, sealed)
    VALUES (ref, nrm.reader_organisation(), safe_from, safe_until, content)
    ON CONFLICT (call_back_ref) DO NOTHING;
    PERFORM nrm.write_journal('call_back_kept', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.call_backs(at_moment timestamptz)
RETURNS TABLE (call_back_ref uuid, from_at timestamptz, until_at timestamptz, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_helpline();
    DELETE FROM nrm.call_back AS old WHERE old.until_at <= at_moment;
    IF EXISTS (SELECT 1 FROM nrm.call_back AS one
               WHERE one.organisation = nrm.reader_organisation()) THEN
        PERFORM nrm.write_journal('call_backs_read', NULL, '{}', NULL);
    END IF;
    RETURN QUERY SELECT one.call_back_ref, one.from_at, one.until_at, one.sealed
        FROM nrm.call_back AS one WHERE one.organisation = nrm.reader_organisation()
        ORDER BY one.from_at;
END $$;
CREATE FUNCTION nrm.drop_call_back(ref uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_helpline();
    DELETE FROM nrm.call_back AS one WHERE one.call_back_ref = ref
        AND one.organisation = nrm.reader_organisation();
    PERFORM nrm.write_journal('call_back_dropped', NULL, '{}', NULL);
END $$;
-- A helpline counts its own calls; who reports for the State counts those of all its helplines.
CREATE FUNCTION nrm.counted_calls(from_month date, until_month date)
RETURNS TABLE (answers jsonb, calls bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT one.answers, count(*) FROM nrm.call AS one
    JOIN public.accounts_organisation AS house ON house.ref = one.organisation
    JOIN public.accounts_organisation AS own ON own.ref = nrm.reader_organisation()
    WHERE one.month >= from_month AND one.month < until_month
      AND (('HL' = ANY (nrm.reader_roles()) AND house.ref = own.ref)
        OR (nrm.reader_roles() && ARRAY['NR', 'SO'] AND house.jurisdiction = own.jurisdiction))
    GROUP BY one.answers
$$;
REVOKE ALL ON FUNCTION nrm.require_helpline(), nrm.keep_call(uuid, date, jsonb),
    nrm.keep_call_back(uuid, timestamptz, timestamptz, bytea), nrm.call_backs(timestamptz),
    nrm.drop_call_back(uuid), nrm.counted_calls(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.keep_call(uuid, date, jsonb),
    nrm.keep_call_back(uuid, timestamptz, timestamptz, bytea), nrm.call_backs(timestamptz),
    nrm.drop_call_back(uuid), nrm.counted_calls(date, date) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
