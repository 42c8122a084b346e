-- No agreement in force, no active account, no case (decision 0082). While the cases it holds are wound
-- up a house goes on with them; then its people have no role that touches a case, and its rows show
-- nothing. What keeps a person safe where she sleeps or is treated stays readable for ninety days more.
-- Nothing is taken away for good: with a new agreement all is as it was.
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Since when a house is closed: nothing while an agreement binds it, '-infinity' if none ever did.
CREATE FUNCTION nrm.closed_since(house uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT CASE WHEN max(in_force_until + wind_up_days) > current_date THEN NULL
        ELSE coalesce(max(in_force_until + wind_up_days)::timestamptz, '-infinity') END
    FROM public.accounts_agreement
    WHERE organisation_id = house AND in_force_from <= current_date
$$;
-- The front door stays open to whoever asks for help.
CREATE FUNCTION nrm.reader_closed_since() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT nrm.closed_since(organisation_id) FROM public.accounts_account
    WHERE ref = nrm.reader_account() AND NOT is_front_door
$$;
-- The roles of a person that count now: all under an agreement; without one those that touch no case,
-- and for ninety days those under which a safety sheet stays readable.
CREATE FUNCTION nrm.standing_roles(person uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(array_agg(held.role::text), '{}')
    FROM public.accounts_membership AS held
    JOIN public.accounts_account AS account ON account.ref = held.account_id
    CROSS JOIN LATERAL (SELECT CASE WHEN NOT account.is_front_door
        THEN nrm.closed_since(account.organisation_id) END AS since OFFSET 0) AS closed
    WHERE held.account_id = person AND (closed.since IS NULL
        OR NOT EXISTS (SELECT 1 FROM nrm.need_to_know AS need WHERE need.role = held.role)
        OR (held.role IN ('SH', 'HC', 'ND') AND closed.since + interval '90 days' > now()))
$$;

-- Replaced: as before, of the roles that count now.
CREATE OR REPLACE FUNCTION nrm.reader_roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT CASE WHEN nrm.reader_factor() <> 'none' THEN nrm.standing_roles(nrm.reader_account())
        ELSE '{}' END
$$;
-- Replaced, the four below: what is closed shows the safety sheet, as it stood, and takes nothing in.
CREATE OR REPLACE FUNCTION nrm.has_row(in_case uuid, part text, to_write boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND (part IS NULL OR compartment = part)
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND ((SELECT nrm.reader_parts()) IS NULL
            OR rtrim(compartment, 'S') = ANY ((SELECT nrm.reader_parts())::text[]))
          AND ((SELECT nrm.reader_closed_since()) IS NULL
            OR (compartment = 'D16' AND NOT to_write))
          AND state = 'open' AND closed_at IS NULL AND until > now()
          AND (NOT is_kept OR opens_at <= now())
          AND (mode = 'write' OR NOT to_write)
    )
$$;
CREATE OR REPLACE FUNCTION nrm.has_offer(in_case uuid, offer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND (offer IS NULL OR offer_fact = offer)
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND ((SELECT nrm.reader_closed_since()) IS NULL
            OR (compartment = 'D16' AND state = 'open'))
          AND closed_at IS NULL AND until > now()
          AND (NOT is_kept OR opens_at <= now())
          AND (role <> 'ND' OR state = 'open')
    )
$$;
CREATE OR REPLACE FUNCTION nrm.shows(in_case uuid, part text, kept_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.access
        WHERE case_ref = in_case AND compartment = part
          AND organisation = (SELECT nrm.reader_organisation())
          AND role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (account IS NULL OR account = (SELECT nrm.reader_account()))
          AND ((SELECT nrm.reader_closed_since()) IS NULL
            OR (compartment = 'D16' AND kept_at < (SELECT nrm.reader_closed_since())))
          AND state = 'open' AND closed_at IS NULL AND until > now()
          AND (NOT is_kept OR (opens_at <= now() AND kept_at < opens_at))
    )
$$;
CREATE OR REPLACE FUNCTION nrm.parts_with_names() RETURNS TABLE (case_ref uuid, compartment text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT DISTINCT access.case_ref, access.compartment FROM nrm.access
    WHERE access.organisation = (SELECT nrm.reader_organisation())
      AND access.compartment IN ('D2', 'D2S') AND access.state = 'open'
      AND (access.account IS NULL OR access.account = (SELECT nrm.reader_account()))
      AND access.role = ANY ((SELECT nrm.reader_roles())::text[])
      AND ((SELECT nrm.reader_parts()) IS NULL
        OR rtrim(access.compartment, 'S') = ANY ((SELECT nrm.reader_parts())::text[]))
      AND (SELECT nrm.reader_closed_since()) IS NULL
      AND access.closed_at IS NULL AND access.until > now()
$$;
REVOKE ALL ON FUNCTION nrm.closed_since(uuid), nrm.reader_closed_since(),
    nrm.standing_roles(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.reader_closed_since() TO opennrm_app, opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.standing_roles(uuid) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

-- Each of these is asked beside every policy there is.
CREATE POLICY bound ON nrm.access AS RESTRICTIVE FOR SELECT TO opennrm_app USING (
    (SELECT nrm.reader_closed_since()) IS NULL OR (compartment = 'D16' AND state = 'open'));
CREATE POLICY bound ON nrm.fact AS RESTRICTIVE FOR SELECT TO opennrm_app USING (
    (SELECT nrm.reader_closed_since()) IS NULL
    OR (compartment = 'D16' AND recorded_at < (SELECT nrm.reader_closed_since())));
CREATE POLICY bound ON nrm.deadline AS RESTRICTIVE FOR SELECT TO opennrm_app
    USING ((SELECT nrm.reader_closed_since()) IS NULL);
CREATE POLICY bound ON nrm.worklist AS RESTRICTIVE FOR SELECT TO opennrm_app
    USING ((SELECT nrm.reader_closed_since()) IS NULL OR state = 'kept');
CREATE POLICY bound ON nrm.wrap AS RESTRICTIVE FOR SELECT TO opennrm_app, opennrm_recorder USING (
    (SELECT nrm.reader_closed_since()) IS NULL OR EXISTS (SELECT 1 FROM nrm.access
        WHERE access.access_ref = wrap.access_ref AND access.compartment = 'D16'));
-- Whoever never had an agreement holds no case, and is told what became of what she handed in.
CREATE POLICY bound ON nrm.notice AS RESTRICTIVE FOR SELECT TO opennrm_app
    USING (coalesce((SELECT nrm.reader_closed_since()), '-infinity') = '-infinity');
