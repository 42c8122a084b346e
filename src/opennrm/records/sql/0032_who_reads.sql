-- Each reading of sealed parts carries its purpose, taken from what opened them; her lawyer and the
-- data-protection officer may read who looked; unusual reading is told to the officer.
ALTER TABLE nrm.journal ADD COLUMN purposes text[];
CREATE TABLE nrm.unusual_reading (
    reading_ref uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account uuid NOT NULL,
    organisation uuid NOT NULL,
    what text NOT NULL CHECK (what IN ('many_cases', 'cases_of_colleagues', 'at_night')),
    on_day date NOT NULL,
    cases int NOT NULL,
    told_at timestamptz NOT NULL,
    UNIQUE (account, what, on_day)
);
ALTER TABLE nrm.unusual_reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.unusual_reading FORCE ROW LEVEL SECURITY;
DO $$
DECLARE place text;
BEGIN
    FOREACH place IN ARRAY ARRAY['reading_ref', 'account', 'organisation', 'told_at'] LOOP
        EXECUTE format('ALTER TABLE nrm.unusual_reading ALTER COLUMN %I SET STATISTICS 0', place);
    END LOOP;
END $$;
CREATE POLICY definer ON nrm.unusual_reading TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON nrm.unusual_reading TO opennrm_definer;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- For what the reader holds these parts: the purpose of the consent behind each row, the duty, the
-- emergency, a second opinion, or the house's own record.
CREATE FUNCTION nrm.purposes_of(in_case uuid, parts text[], reader uuid, house uuid)
RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT CASE basis.kind
        WHEN 'consent_given' THEN basis.open ->> 'purpose'
        WHEN 'legal_duty_relied_on' THEN basis.open ->> 'duty'
        WHEN 'emergency_opened' THEN 'emergency'
        WHEN 'act_held' THEN 'second_opinion'
        ELSE 'own_record' END), '{}')
    FROM nrm.access JOIN nrm.fact AS basis ON basis.fact_ref = access.basis_fact
    WHERE access.case_ref = in_case AND access.organisation = house
      AND access.compartment = ANY (parts) AND access.state = 'open'
      AND access.closed_at IS NULL AND access.until > now()
      AND (access.account IS NULL OR access.account = reader)
      AND access.role IN (SELECT role FROM public.accounts_membership WHERE account_id = reader)
$$;
CREATE FUNCTION nrm.note_purpose() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NEW.action LIKE 'read\_%' AND NEW.case_ref IS NOT NULL THEN
        NEW.purposes := nrm.purposes_of(
            NEW.case_ref, NEW.compartments, NEW.account, NEW.organisation);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION nrm.is_officer_of(in_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT 'DP' = ANY ((SELECT nrm.reader_roles())::text[]) AND EXISTS (
        SELECT 1 FROM nrm.case_head AS head JOIN public.accounts_organisation AS own
            ON own.ref = (SELECT nrm.reader_organisation()) AND own.jurisdiction = head.jurisdiction
        WHERE head.case_ref = in_case)
$$;
-- Who may read who looked: who keeps her consents, her lawyer, and the data-protection officer of
-- the State the case is in.
CREATE FUNCTION nrm.may_see_log(in_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT nrm.has_row(in_case, 'D10', false)
        OR EXISTS (SELECT 1 FROM nrm.access
            WHERE case_ref = in_case AND role = 'LA' AND state = 'open' AND closed_at IS NULL
              AND until > now() AND organisation = (SELECT nrm.reader_organisation())
              AND (account IS NULL OR account = (SELECT nrm.reader_account()))
              AND 'LA' = ANY ((SELECT nrm.reader_roles())::text[]))
        OR nrm.is_officer_of(in_case)
$$;
DROP FUNCTION nrm.who_looked(uuid);
CREATE FUNCTION nrm.who_looked(in_case uuid)
RETURNS TABLE (organisation uuid, role text, compartment text, first_at timestamptz,
    last_at timestamptz, times int, purposes text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT entry.organisation, held.role, part, min(entry.at), max(entry.at),
           count(DISTINCT entry.entry)::int,
           coalesce(array_agg(DISTINCT purpose) FILTER (WHERE purpose IS NOT NULL), '{}')
    FROM nrm.journal AS entry
    CROSS JOIN LATERAL unnest(entry.compartments) AS part
    LEFT JOIN LATERAL unnest(entry.purposes) AS purpose ON true
    LEFT JOIN LATERAL (
        SELECT min(access.role) AS role
        FROM nrm.access JOIN public.accounts_membership AS membership
            ON membership.role = access.role AND membership.account_id = entry.account
        WHERE access.case_ref = in_case AND access.organisation = entry.organisation
          AND access.compartment = part AND access.opens_at <= entry.at
    ) AS held ON true
    WHERE entry.case_ref = in_case AND entry.action LIKE 'read\_%'
      AND (SELECT nrm.may_see_log(in_case))
    GROUP BY 1, 2, 3
    ORDER BY 5 DESC
$$;
-- The officer finds a case by the reference somebody read out to her, and sees who read, by name;
-- nothing of the case comes out. That she looked is in the journal.
CREATE FUNCTION nrm.officer_reads_log(begins_with text)
RETURNS TABLE (organisation uuid, worker text, action text, compartments text[],
    purposes text[], at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE found uuid;
BEGIN
    IF begins_with !~ '^[0-9a-f]{8}-[0-9a-f]{2}$' THEN
        RETURN;
    END IF;
    SELECT case_ref INTO found FROM nrm.case_head
    WHERE case_ref::text LIKE begins_with || '%' AND nrm.is_officer_of(case_ref);
    PERFORM nrm.write_journal('officer_looked_at_log', found, '{}', NULL);
    RETURN QUERY SELECT entry.organisation, person.display_name::text, entry.action,
        entry.compartments, entry.purposes, entry.at
    FROM nrm.journal AS entry JOIN public.accounts_account AS person ON person.ref = entry.account
    WHERE found IS NOT NULL AND entry.case_ref = found AND entry.action LIKE 'read\_%'
    ORDER BY entry.at DESC LIMIT 500;
END $$;
CREATE FUNCTION nrm.unusual_readings()
RETURNS TABLE (organisation uuid, worker text, what text, on_day date, cases int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT reading.organisation, person.display_name::text, reading.what, reading.on_day,
           reading.cases
    FROM nrm.unusual_reading AS reading
    JOIN public.accounts_account AS person ON person.ref = reading.account
    JOIN public.accounts_organisation AS house ON house.ref = reading.organisation
    JOIN public.accounts_organisation AS own ON own.ref = (SELECT nrm.reader_organisation())
        AND own.jurisdiction = house.jurisdiction
    WHERE 'DP' = ANY ((SELECT nrm.reader_roles())::text[])
    ORDER BY reading.on_day DESC, reading.cases DESC LIMIT 200
$$;

-- Looks at the day that ends at a moment, on the clock of one State, and tells its officers once of
-- each person and kind: many cases, cases in which she never wrote and a colleague did, at night.
CREATE FUNCTION nrm.tell_of_unusual_reading(
    in_jurisdiction text, zone text, moment timestamptz, many int, of_colleagues int,
    at_night int, night_begins int, night_ends int
) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH looked AS (
        SELECT entry.account, entry.organisation, entry.case_ref,
            bool_or(extract(hour FROM entry.at AT TIME ZONE zone) >= night_begins
                OR extract(hour FROM entry.at AT TIME ZONE zone) < night_ends) AS by_night,
            NOT EXISTS (SELECT 1 FROM nrm.fact WHERE fact.case_ref = entry.case_ref
                AND fact.actor = entry.account)
            AND EXISTS (SELECT 1 FROM nrm.fact WHERE fact.case_ref = entry.case_ref
                AND fact.organisation = entry.organisation) AS of_another
        FROM nrm.journal AS entry
        JOIN public.accounts_organisation AS house ON house.ref = entry.organisation
        WHERE entry.action LIKE 'read\_%' AND entry.case_ref IS NOT NULL
          AND house.jurisdiction = in_jurisdiction
          AND entry.at > moment - interval '24 hours' AND entry.at <= moment
        GROUP BY entry.account, entry.organisation, entry.case_ref
    ), counted AS (
        SELECT account, organisation, count(*) AS every,
            count(*) FILTER (WHERE of_another) AS colleagues,
            count(*) FILTER (WHERE by_night) AS nightly
        FROM looked GROUP BY account, organisation
    ), unusual AS (
        INSERT INTO nrm.unusual_reading (account, organisation, what, on_day, cases, told_at)
        SELECT account, organisation, kind.what, (moment AT TIME ZONE zone)::date, kind.cases,
            moment
        FROM counted CROSS JOIN LATERAL (VALUES
            ('many_cases', every, many), ('cases_of_colleagues', colleagues, of_colleagues),
            ('at_night', nightly, at_night)) AS kind (what, cases, threshold)
        WHERE kind.cases > kind.threshold
        ON CONFLICT (account, what, on_day) DO NOTHING
        RETURNING reading_ref, organisation
    ), told AS (
        INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
        SELECT officer.ref, 'DP', 'unusual_reading', unusual.reading_ref, unusual.organisation,
            moment
        FROM unusual JOIN public.accounts_organisation AS officer
            ON officer.jurisdiction = in_jurisdiction AND 'DP' = ANY (officer.roles)
        RETURNING notice_ref
    )
    SELECT (SELECT count(*) FROM unusual) + 0 * (SELECT count(*) FROM told)
$$;
-- Replaced: the purposes of a reading are sealed with it.
CREATE OR REPLACE FUNCTION nrm.entries_now()
RETURNS TABLE (what text, ref text, digest bytea, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT 'fact', fact_ref::text, nrm.chain_hash(fact), recorded_at FROM nrm.fact
    UNION ALL
    SELECT 'access', access_ref::text, sha256(convert_to(concat_ws('|', 'access', access_ref, case_ref,
        organisation, role, coalesce(account::text, '-'), compartment, mode, basis_fact,
        coalesce(offer_fact::text, '-'), nrm.moment_text(until),
        CASE WHEN is_kept THEN 'kept ' || nrm.moment_text(opens_at) END), 'UTF8')), opens_at
    FROM nrm.access
    UNION ALL
    SELECT 'access_end', access_ref::text, sha256(convert_to(concat_ws('|', 'access_end', access_ref,
        nrm.moment_text(closed_at)), 'UTF8')), closed_at
    FROM nrm.access WHERE closed_at IS NOT NULL
    UNION ALL
    SELECT 'journal', entry::text, sha256(convert_to(concat_ws('|', 'journal', entry, nrm.moment_text(at),
        account, organisation, action, coalesce(case_ref::text, '-'),
        array_to_string(compartments, ','), coalesce(rows_read::text, '-'),
        CASE WHEN purposes IS NOT NULL THEN 'for ' || array_to_string(purposes, ',') END), 'UTF8')), at
    FROM nrm.journal
$$;
REVOKE ALL ON FUNCTION nrm.purposes_of(uuid, text[], uuid, uuid), nrm.note_purpose(),
    nrm.may_see_log(uuid), nrm.is_officer_of(uuid), nrm.who_looked(uuid),
    nrm.officer_reads_log(text), nrm.unusual_readings(),
    nrm.tell_of_unusual_reading(text, text, timestamptz, int, int, int, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.who_looked(uuid), nrm.officer_reads_log(text),
    nrm.unusual_readings() TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.tell_of_unusual_reading(
    text, text, timestamptz, int, int, int, int, int) TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.note_purpose() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
CREATE TRIGGER purpose BEFORE INSERT ON nrm.journal
    FOR EACH ROW EXECUTE FUNCTION nrm.note_purpose();
ALTER TABLE nrm.journal ENABLE ALWAYS TRIGGER purpose;
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.note_purpose() FROM opennrm_owner;
RESET ROLE;
