-- Much in one go (decision 0095): who is at work, a case locked and read, and everything a change
-- writes. Each asks what was asked one by one before; nothing here may do more than its caller.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Who the bound session belongs to, as far as its owner may read it, with her wrapped keys.
CREATE FUNCTION nrm.who_is_at_work(on_day date) RETURNS TABLE (
    account uuid, display_name text, language text, is_front_door boolean,
    organisation uuid, organisation_name text, organisation_kind text, jurisdiction text,
    organisation_roles text[], factor text, is_fresh boolean, is_officer boolean, roles text[],
    training text[], agreement_until date, lapsed text[], bound_until date,
    key_organisations uuid[], key_roles text[], keys bytea[], searches bytea[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT person.ref, person.display_name::text, person.language::text, person.is_front_door,
        own.ref, own.name::text, own.kind::text, own.jurisdiction::text, own.roles::text[],
        nrm.reader_factor(), nrm.factor_is_fresh(), person.is_officer,
        nrm.standing_roles(person.ref), tagged.now, agreed.until, tagged.before, agreed.closing,
        held.organisations, held.roles, held.keys, held.searches
    FROM public.accounts_account AS person
    JOIN public.accounts_organisation AS own ON own.ref = person.organisation_id
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(tag::text) FILTER (WHERE valid_until > on_day), '{}') AS now,
            coalesce(array_agg(tag::text) FILTER (WHERE valid_until <= on_day), '{}') AS before
        FROM public.accounts_trainingtag WHERE account_id = person.ref) AS tagged
    CROSS JOIN LATERAL (
        SELECT max(in_force_until) AS until, max(in_force_until + wind_up_days) AS closing
        FROM public.accounts_agreement
        WHERE organisation_id = own.ref AND in_force_from <= on_day) AS agreed
    CROSS JOIN LATERAL (
        SELECT array_agg(wrapped.organisation) AS organisations, array_agg(wrapped.role) AS roles,
            array_agg(wrapped.ciphertext) AS keys, array_agg(known.search_wrap) AS searches
        FROM nrm.group_wrap AS wrapped JOIN nrm.group_key AS known USING (organisation, role)
        WHERE wrapped.account = person.ref) AS held
    WHERE person.ref = nrm.factor_account()
$$;

-- Binds the reader, notes that she is here, and says who she is.
CREATE FUNCTION nrm.resume_session(token text, on_day date) RETURNS TABLE (
    session_key bytea,
    account uuid, display_name text, language text, is_front_door boolean,
    organisation uuid, organisation_name text, organisation_kind text, jurisdiction text,
    organisation_roles text[], factor text, is_fresh boolean, is_officer boolean, roles text[],
    training text[], agreement_until date, lapsed text[], bound_until date,
    key_organisations uuid[], key_roles text[], keys bytea[], searches bytea[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.bind_reader(token);
    RETURN QUERY SELECT nrm.session_key(), me.* FROM nrm.who_is_at_work(on_day) AS me;
END $$;

-- The functions below run with the rights of who calls them, which is the recorder.
CREATE FUNCTION nrm.live_access(of_case uuid) RETURNS json
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = nrm, pg_temp AS $$
    SELECT json_agg(json_build_array(access_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until, is_kept) ORDER BY access_ref)
    FROM nrm.access WHERE case_ref = of_case AND closed_at IS NULL AND until > now()
$$;
CREATE FUNCTION nrm.read_case(of_case uuid)
RETURNS TABLE (facts json, access json, keys json, in_jurisdiction text)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = nrm, pg_temp AS $$
    SELECT (SELECT json_agg(json_build_array(fact_ref, fact.case_ref, position, compartment,
                sequence, kind, at, actor, organisation, basis, corrects, open, key_version > 0)
                ORDER BY position)
            FROM nrm.fact WHERE fact.case_ref = of_case),
        nrm.live_access(of_case),
        (SELECT json_agg(json_build_array(compartment, version, encode(public_key, 'base64')))
            FROM (SELECT DISTINCT ON (compartment) compartment, version, public_key
                FROM nrm.scope_key WHERE scope_key.case_ref = of_case
                ORDER BY compartment, version DESC) AS newest),
        (SELECT jurisdiction FROM nrm.case_head WHERE case_head.case_ref = of_case)
$$;
-- Nothing where the case is not the reader's; else what stands in it once nobody else writes there.
CREATE FUNCTION nrm.lock_and_read(of_case uuid, is_standing_by boolean)
RETURNS TABLE (facts json, access json, keys json, in_jurisdiction text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF (is_standing_by AND nrm.lock_standing_by(of_case))
        OR (NOT is_standing_by AND nrm.lock_case(of_case)) THEN
        RETURN QUERY SELECT * FROM nrm.read_case(of_case);
    END IF;
END $$;

-- What a case's lists, deadlines and places show, in the place of what they showed.
CREATE FUNCTION nrm.show_case(of_case uuid, shown jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = nrm, pg_temp AS $$
BEGIN
    DELETE FROM nrm.worklist WHERE case_ref = of_case;
    DELETE FROM nrm.deadline WHERE case_ref = of_case;
    DELETE FROM nrm.place_held WHERE case_ref = of_case;
    DELETE FROM nrm.place_awaited WHERE case_ref = of_case;
    INSERT INTO nrm.worklist (case_ref, organisation, role, state, reference, until, offer_fact,
        offer_kind, from_organisation, stage, urgency, majority, language, services, waiting_for,
        next_due_at, next_due_kind, last_fact_at, holder, asked_to_take)
    SELECT of_case, organisation, role, state, reference, until, offer_fact, offer_kind,
        from_organisation, stage, urgency, majority, language, services, waiting_for, next_due_at,
        next_due_kind, last_fact_at, holder, asked_to_take
    FROM jsonb_populate_recordset(NULL::nrm.worklist, shown -> 'worklist');
    INSERT INTO nrm.deadline (case_ref, compartment, kind, fact_ref, organisation, due_at)
    SELECT of_case, compartment, kind, fact_ref, organisation, due_at
    FROM jsonb_populate_recordset(NULL::nrm.deadline, shown -> 'deadline');
    INSERT INTO nrm.place_held (case_ref, service, number, offer_fact, since)
    SELECT of_case, service, number, offer_fact, since
    FROM jsonb_populate_recordset(NULL::nrm.place_held, shown -> 'place_held');
    INSERT INTO nrm.place_awaited (case_ref, service, offer_fact, because, rank, since)
    SELECT of_case, service, offer_fact, because, rank, since
    FROM jsonb_populate_recordset(NULL::nrm.place_awaited, shown -> 'place_awaited');
END $$;

-- Does one step after the other: each is a list, of a word and what is handed to its function.
CREATE FUNCTION nrm.record(steps jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = nrm, pg_temp AS $$
DECLARE step jsonb;
BEGIN
    FOR step IN SELECT value FROM jsonb_array_elements(steps) LOOP
        CASE step ->> 0
        WHEN 'start' THEN
            PERFORM nrm.start_case((step ->> 1)::uuid, step ->> 2);
        WHEN 'fact' THEN
            PERFORM nrm.append_fact((step ->> 1)::uuid, (step ->> 2)::uuid, step ->> 3, step ->> 4,
                (step ->> 5)::timestamptz, step ->> 6, (step ->> 7)::uuid, step -> 8,
                decode(step ->> 9, 'base64'), (step ->> 10)::int, (step ->> 11)::int);
        WHEN 'grant' THEN
            PERFORM nrm.grant_access((step ->> 1)::uuid, (step ->> 2)::uuid, (step ->> 3)::uuid,
                step ->> 4, (step ->> 5)::uuid, step ->> 6, step ->> 7, step ->> 8,
                (step ->> 9)::uuid, (step ->> 10)::uuid, (step ->> 11)::timestamptz,
                (step ->> 12)::timestamptz);
        WHEN 'grant_own' THEN
            PERFORM nrm.grant_own_access((step ->> 1)::uuid, array_agg((row ->> 0)::uuid),
                array_agg(row ->> 1), array_agg((row ->> 2)::uuid), array_agg(row ->> 3),
                array_agg(row ->> 4), array_agg((row ->> 5)::uuid), (step ->> 2)::timestamptz,
                array_agg((row ->> 6)::timestamptz))
            FROM jsonb_array_elements(step -> 3) AS row;
        WHEN 'open' THEN
            PERFORM nrm.open_access((step ->> 1)::uuid, (step ->> 2)::uuid, (step ->> 3)::timestamptz);
        WHEN 'close' THEN
            PERFORM nrm.close_access((step ->> 1)::uuid, (step ->> 2)::uuid, (step ->> 3)::uuid);
        WHEN 'wake' THEN
            PERFORM nrm.open_in_emergency((step ->> 1)::uuid, (step ->> 2)::uuid);
        WHEN 'ask_partner' THEN
            PERFORM nrm.ask_partner((step ->> 1)::uuid, decode(step ->> 2, 'base64'),
                (step ->> 3)::timestamptz);
        WHEN 'open_own_door' THEN
            PERFORM nrm.open_own_door((step ->> 1)::uuid, decode(step ->> 2, 'base64'));
        WHEN 'key' THEN
            PERFORM nrm.keep_scope_key((step ->> 1)::uuid, step ->> 2, (step ->> 3)::int,
                decode(step ->> 4, 'base64'));
        WHEN 'wrap' THEN
            PERFORM nrm.keep_wrap((step ->> 1)::uuid, (step ->> 2)::int,
                decode(step ->> 3, 'base64'));
        WHEN 'name' THEN
            PERFORM nrm.keep_search_entry((step ->> 1)::uuid, (step ->> 2)::uuid, step ->> 3,
                decode(step ->> 4, 'base64'), (step ->> 5)::uuid);
        WHEN 'notice' THEN
            PERFORM nrm.send_notice((step ->> 1)::uuid, step ->> 2, step ->> 3, (step ->> 4)::uuid,
                (step ->> 5)::timestamptz);
        WHEN 'journal' THEN
            PERFORM nrm.write_journal(step ->> 1, (step ->> 2)::uuid,
                ARRAY(SELECT jsonb_array_elements_text(step -> 3)), NULL);
        WHEN 'show' THEN
            PERFORM nrm.show_case((step ->> 1)::uuid, step -> 2);
        WHEN 'own_page' THEN
            PERFORM nrm.keep_own_page((step ->> 1)::uuid, decode(step ->> 2, 'base64'));
        END CASE;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION nrm.who_is_at_work(date), nrm.resume_session(text, date),
    nrm.read_case(uuid), nrm.live_access(uuid), nrm.lock_and_read(uuid, boolean),
    nrm.show_case(uuid, jsonb), nrm.record(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.who_is_at_work(date), nrm.resume_session(text, date) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.read_case(uuid), nrm.live_access(uuid),
    nrm.lock_and_read(uuid, boolean), nrm.show_case(uuid, jsonb), nrm.record(jsonb)
    TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
