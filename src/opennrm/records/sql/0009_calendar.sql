-- The secret address under which a person's calendar asks for her deadlines. Only a hash of the
-- secret is kept. Each time the address is asked, it opens a session of one minute without any key,
-- in which the policies on the record decide, as for every reader, what there is to see.
CREATE TABLE nrm.calendar_address (
    account uuid PRIMARY KEY REFERENCES public.accounts_account (ref),
    secret_hash bytea NOT NULL UNIQUE,
    made_at timestamptz NOT NULL DEFAULT now(),
    read_at timestamptz
);
ALTER TABLE nrm.calendar_address ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.calendar_address FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.calendar_address TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.calendar_address TO opennrm_definer;

CREATE FUNCTION nrm.make_calendar_address(secret text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.calendar_address (account, secret_hash)
    VALUES (nrm.reader_account(), nrm.hash_of(secret))
    ON CONFLICT (account) DO UPDATE
        SET secret_hash = excluded.secret_hash, made_at = now(), read_at = NULL;
    SELECT nrm.write_journal('calendar_address_made', NULL, '{}', NULL);
$$;

CREATE FUNCTION nrm.close_calendar_address() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    DELETE FROM nrm.calendar_address WHERE account = nrm.reader_account();
    SELECT nrm.write_journal('calendar_address_closed', NULL, '{}', NULL);
$$;

CREATE FUNCTION nrm.calendar_address_stands()
RETURNS TABLE (made_at timestamptz, read_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT made_at, read_at FROM nrm.calendar_address WHERE account = nrm.reader_account()
$$;

CREATE FUNCTION nrm.open_calendar(secret text, token text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE owner uuid;
BEGIN
    UPDATE nrm.calendar_address SET read_at = now()
    WHERE secret_hash = nrm.hash_of(secret) AND EXISTS (
        SELECT 1 FROM public.accounts_account AS person
        WHERE person.ref = calendar_address.account AND person.is_active)
    RETURNING account INTO owner;
    IF owner IS NOT NULL THEN
        INSERT INTO nrm.sign_in (token_hash, account, idle_for, expires_at)
        VALUES (nrm.hash_of(token), owner, interval '1 minute', now() + interval '1 minute')
        ON CONFLICT (token_hash) DO UPDATE SET seen_at = now(), expires_at = excluded.expires_at;
    END IF;
    RETURN owner;
END $$;

DO $$
DECLARE signature text;
BEGIN
    GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
    FOREACH signature IN ARRAY ARRAY['nrm.make_calendar_address(text)',
        'nrm.close_calendar_address()', 'nrm.calendar_address_stands()',
        'nrm.open_calendar(text, text)'] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO opennrm_app', signature);
        EXECUTE format('ALTER FUNCTION %s OWNER TO opennrm_definer', signature);
    END LOOP;
    REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
END $$;

-- Row estimates tell nothing about who has an address.
ALTER TABLE nrm.calendar_address ALTER COLUMN account SET STATISTICS 0,
    ALTER COLUMN secret_hash SET STATISTICS 0, ALTER COLUMN made_at SET STATISTICS 0,
    ALTER COLUMN read_at SET STATISTICS 0;
