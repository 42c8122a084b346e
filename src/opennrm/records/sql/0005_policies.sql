-- Who may touch what. Nothing is granted to PUBLIC; each role gets the least it needs.
DO $$
DECLARE signature text;
BEGIN
    FOR signature IN
        SELECT p.oid::regprocedure::text FROM pg_proc AS p
        JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = 'nrm'
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO opennrm_definer', signature);
    END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION nrm.only_codes(jsonb), nrm.refuse_change() TO PUBLIC;

GRANT SELECT ON public.accounts_account, public.accounts_membership, public.accounts_agreement,
    public.accounts_organisation TO opennrm_definer;
GRANT UPDATE ON nrm.case_head, nrm.access, nrm.sign_in, nrm.seen TO opennrm_definer;
GRANT DELETE ON nrm.wrap, nrm.search_entry TO opennrm_definer;

GRANT EXECUTE ON FUNCTION nrm.bind_reader(text), nrm.reader_account(), nrm.reader_organisation(),
    nrm.reader_roles(), nrm.session_key() TO opennrm_app, opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.sign_in_salt(text),
    nrm.open_session(text, bytea, text, interval, interval),
    nrm.open_front_door(text, text), nrm.keep_session_key(bytea), nrm.end_session(),
    nrm.read_sealed(uuid, text[]), nrm.search_entries(), nrm.who_is_on(uuid),
    nrm.mark_seen(uuid) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.start_case(uuid, text), nrm.lock_case(uuid),
    nrm.append_fact(uuid, uuid, text, text, timestamptz, text, uuid, jsonb, bytea, int, int),
    nrm.grant_access(uuid, uuid, uuid, text, uuid, text, text, text, uuid, uuid, timestamptz,
        timestamptz),
    nrm.open_access(uuid, uuid, timestamptz), nrm.close_access(uuid, uuid, uuid),
    nrm.needs_new_key(uuid, text),
    nrm.keep_scope_key(uuid, text, int, bytea), nrm.keep_wrap(uuid, int, bytea),
    nrm.keep_search_entry(uuid, uuid, text, bytea),
    nrm.send_notice(uuid, text, text, uuid, timestamptz),
    nrm.send_notification(uuid, text, jsonb), nrm.use_form_key(uuid),
    nrm.write_journal(text, uuid, text[], int), nrm.broken_chains(),
    nrm.read_sealed(uuid, text[]) TO opennrm_recorder;

-- The application role reads what its reader may read, and never the sealed bytes directly.
-- `position` counts hidden facts too, so only the recorder reads it.
GRANT SELECT (fact_ref, case_ref, compartment, sequence, kind, at, actor, organisation, basis,
    corrects, open, key_version) ON nrm.fact TO opennrm_app;
GRANT SELECT (fact_ref, case_ref, position, compartment, sequence, kind, at, actor, organisation,
    basis, corrects, open, key_version) ON nrm.fact TO opennrm_recorder;
GRANT SELECT ON nrm.access, nrm.worklist, nrm.deadline, nrm.notice, nrm.notification, nrm.seen,
    nrm.group_key, nrm.group_wrap, nrm.account_key, nrm.wrap TO opennrm_app;

CREATE POLICY reader ON nrm.access FOR SELECT TO opennrm_app USING (
    organisation = (SELECT nrm.reader_organisation()) AND role = ANY ((SELECT nrm.reader_roles())::text[])
    AND (account IS NULL OR account = (SELECT nrm.reader_account()))
    AND closed_at IS NULL AND until > now());
-- Some facts of the skeleton say more than the skeleton should: to which house she was referred, and
-- that somebody complained. They are shown to who wrote them, to whom they are addressed, and to
-- who may also read the part they belong to by their content (records/visibility.py says the same).
CREATE POLICY reader ON nrm.fact FOR SELECT TO opennrm_app USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
          AND access.compartment = fact.compartment AND access.state = 'open')
    AND (kind NOT IN ('referral_sent', 'referral_acknowledged', 'breach_observed')
        OR organisation = (SELECT nrm.reader_organisation())
        OR open ->> 'to' = (SELECT nrm.reader_organisation())::text
        OR EXISTS (
            SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
              AND access.compartment = CASE kind WHEN 'breach_observed' THEN 'D8' ELSE 'D10' END
              AND access.state = 'open')));
CREATE POLICY reader ON nrm.deadline FOR SELECT TO opennrm_app USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = deadline.case_ref
          AND access.compartment = deadline.compartment AND access.state = 'open')
    AND (kind <> 'T04A' OR organisation = (SELECT nrm.reader_organisation()) OR EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = deadline.case_ref
          AND access.compartment = 'D10' AND access.state = 'open')));
CREATE POLICY reader ON nrm.worklist FOR SELECT TO opennrm_app USING (
    organisation = (SELECT nrm.reader_organisation()) AND role = ANY ((SELECT nrm.reader_roles())::text[])
    AND until > now());
CREATE POLICY reader ON nrm.notice FOR SELECT TO opennrm_app USING (
    organisation = (SELECT nrm.reader_organisation()) AND (SELECT nrm.reader_roles()) <> '{}'
    AND (role IS NULL OR role = ANY ((SELECT nrm.reader_roles())::text[])));
CREATE POLICY reader ON nrm.notification FOR SELECT TO opennrm_app USING (
    'CA' = ANY ((SELECT nrm.reader_roles())::text[]) AND jurisdiction = (
        SELECT own.jurisdiction FROM public.accounts_organisation AS own
        WHERE own.ref = (SELECT nrm.reader_organisation())));
CREATE POLICY reader ON nrm.seen FOR SELECT TO opennrm_app USING (
    account = (SELECT nrm.reader_account()) AND EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = seen.case_ref));
CREATE POLICY everyone ON nrm.group_key FOR SELECT TO opennrm_app, opennrm_recorder USING (true);
CREATE POLICY everyone ON nrm.account_key FOR SELECT TO opennrm_app, opennrm_recorder USING (true);
CREATE POLICY reader ON nrm.group_wrap FOR SELECT TO opennrm_app, opennrm_recorder
    USING (account = (SELECT nrm.reader_account()));
CREATE POLICY reader ON nrm.wrap FOR SELECT TO opennrm_app, opennrm_recorder USING (EXISTS (
    SELECT 1 FROM nrm.access WHERE access.access_ref = wrap.access_ref
      AND access.state = 'open' AND access.closed_at IS NULL AND access.until > now()
      AND access.organisation = (SELECT nrm.reader_organisation())
      AND access.role = ANY ((SELECT nrm.reader_roles())::text[])
      AND (access.account IS NULL OR access.account = (SELECT nrm.reader_account()))));

-- The recorder folds open parts for rules and projections, and writes projections; it is used only
-- inside load and append. Keys and sealed bytes it cannot read.
GRANT SELECT ON nrm.case_head, nrm.access, nrm.scope_key, nrm.group_key, nrm.account_key,
    nrm.group_wrap, nrm.wrap, nrm.statistics_link TO opennrm_recorder;
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.worklist, nrm.deadline TO opennrm_recorder;
GRANT INSERT ON nrm.statistics_link TO opennrm_recorder;
GRANT SELECT, INSERT, UPDATE ON statistics.person TO opennrm_recorder;
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['case_head', 'fact', 'access', 'scope_key'] LOOP
        EXECUTE format('CREATE POLICY folding ON nrm.%I FOR SELECT TO opennrm_recorder USING (true)', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['worklist', 'deadline', 'statistics_link'] LOOP
        EXECUTE format('CREATE POLICY projecting ON nrm.%I TO opennrm_recorder USING (true) WITH CHECK (true)', name);
    END LOOP;
    -- The owner enrols organisations and people and keeps the reference data; no case table.
    FOREACH name IN ARRAY ARRAY['fact_kind', 'need_to_know', 'account_secret', 'account_key',
                                'group_key', 'group_wrap'] LOOP
        EXECUTE format('CREATE POLICY enrolling ON nrm.%I TO opennrm_owner USING (true) WITH CHECK (true)', name);
    END LOOP;
END $$;

-- Statistics read the copy and nothing else.
GRANT SELECT ON statistics.person TO opennrm_statistics;

-- Last, the functions that define rights go to the role that has them. It needs CREATE on the
-- schema at that moment, and only then. Grants made above stay.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
DO $$
DECLARE signature text;
BEGIN
    FOR signature IN
        SELECT p.oid::regprocedure::text FROM pg_proc AS p
        JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE n.nspname = 'nrm' AND p.prosecdef
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO opennrm_definer', signature);
    END LOOP;
END $$;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
