-- Nothing is known to the planner of what names a case (see 0001 and 0071), so that whoever asked for the
-- wraps of one case was answered out of all access rows of her house, which took longer with each case.
-- Now the one row of a wrap is taken by its key, and then asked; what is shown is the same.
ALTER POLICY reader ON nrm.wrap USING (EXISTS (
    SELECT 1 FROM (SELECT * FROM nrm.access WHERE access.access_ref = wrap.access_ref OFFSET 0) AS own
    WHERE own.state = 'open' AND own.closed_at IS NULL AND own.until > now()
      AND (NOT own.is_kept OR own.opens_at <= now())
      AND own.organisation = (SELECT nrm.reader_organisation())
      AND own.role = ANY ((SELECT nrm.reader_roles())::text[])
      AND (own.account IS NULL OR own.account = (SELECT nrm.reader_account())) OFFSET 0));
ALTER POLICY strong_factor ON nrm.wrap USING ((SELECT nrm.factor_is_strong()) OR NOT EXISTS (
    SELECT 1 FROM nrm.access WHERE access.access_ref = wrap.access_ref
      AND access.compartment IN ('D2', 'D2S', 'D3', 'D3S') OFFSET 0));
ALTER POLICY bound ON nrm.wrap USING (
    (SELECT nrm.reader_closed_since()) IS NULL OR EXISTS (SELECT 1 FROM nrm.access
        WHERE access.access_ref = wrap.access_ref AND access.compartment = 'D16' OFFSET 0));
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- All versions of the thing a fact tells, as before: looked for among the facts of its case.
CREATE OR REPLACE FUNCTION nrm.versions(in_case uuid, of_fact uuid) RETURNS SETOF nrm.fact
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH RECURSIVE version AS (
        SELECT fact_ref, corrects FROM nrm.fact WHERE fact_ref = of_fact AND case_ref = in_case
        UNION
        SELECT other.fact_ref, other.corrects FROM version CROSS JOIN LATERAL (
            SELECT fact.fact_ref, fact.corrects FROM nrm.fact WHERE fact.case_ref = in_case
              AND (fact.corrects = version.fact_ref OR fact.fact_ref = version.corrects)
            OFFSET 0) AS other
    )
    SELECT fact.* FROM version CROSS JOIN LATERAL (
        SELECT * FROM nrm.fact WHERE fact.fact_ref = version.fact_ref OFFSET 0) AS fact
$$;

-- Who reads, as before: the hash of the token is made once a question, and not once for each session.
CREATE OR REPLACE FUNCTION nrm.reader_account() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT sign_in.account
    FROM nrm.sign_in JOIN public.accounts_account AS account ON account.ref = sign_in.account
    WHERE token_hash = (SELECT nrm.hash_of(nullif(current_setting('opennrm.token', true), '')))
      AND ended_at IS NULL AND expires_at > now() AND seen_at + idle_for > now()
      AND account.is_active AND factor IS NOT NULL
$$;
CREATE OR REPLACE FUNCTION nrm.factor_account() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT sign_in.account
    FROM nrm.sign_in JOIN public.accounts_account AS account ON account.ref = sign_in.account
    WHERE token_hash = (SELECT nrm.hash_of(nullif(current_setting('opennrm.token', true), '')))
      AND ended_at IS NULL AND expires_at > now() AND seen_at + idle_for > now()
      AND account.is_active
$$;
CREATE OR REPLACE FUNCTION nrm.reader_factor() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT factor FROM nrm.sign_in
    WHERE token_hash = (SELECT nrm.hash_of(nullif(current_setting('opennrm.token', true), '')))
      AND account = (SELECT nrm.factor_account())
$$;
CREATE OR REPLACE FUNCTION nrm.reader_parts() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT parts FROM nrm.program
    WHERE token_hash = (SELECT nrm.hash_of(nullif(current_setting('opennrm.token', true), '')))
$$;
CREATE OR REPLACE FUNCTION nrm.session_key() RETURNS bytea
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.sign_in SET seen_at = greatest(seen_at, now())
    WHERE account = (SELECT nrm.reader_account())
      AND token_hash = (SELECT nrm.hash_of(nullif(current_setting('opennrm.token', true), '')))
    RETURNING session_key
$$;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
