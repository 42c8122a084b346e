-- Mail that says only that there is something new. Where it goes is locked under a key beside the
-- data; it names no house, no case and no kind. When it goes, its member chooses.
CREATE TABLE nrm.mail_wish (
    account uuid PRIMARY KEY REFERENCES public.accounts_account (ref),
    locked_address bytea NOT NULL CHECK (octet_length(locked_address) <= 600),
    pace text NOT NULL CHECK (pace IN ('at_once', 'daily')),
    quiet_from int NOT NULL CHECK (quiet_from BETWEEN 0 AND 23),
    quiet_until int NOT NULL CHECK (quiet_until BETWEEN 0 AND 23),
    told_until timestamptz NOT NULL DEFAULT now(),
    mailed_at timestamptz
);
ALTER TABLE nrm.mail_wish ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.mail_wish FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.mail_wish TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.mail_wish TO opennrm_definer;
DO $$
DECLARE col text;
BEGIN
    FOR col IN SELECT attname FROM pg_attribute
        WHERE attrelid = 'nrm.mail_wish'::regclass AND attnum > 0 LOOP
        EXECUTE format('ALTER TABLE nrm.mail_wish ALTER COLUMN %I SET STATISTICS 0', col);
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.keep_mail_wish(locked bytea, at_pace text, hush_from int, hush_until int)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.reader_roles() = '{}' THEN
        RAISE EXCEPTION 'Whoever has no role is told of nothing.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.mail_wish (account, locked_address, pace, quiet_from, quiet_until)
    VALUES (nrm.reader_account(), locked, at_pace, hush_from, hush_until)
    ON CONFLICT (account) DO UPDATE SET locked_address = excluded.locked_address,
        pace = excluded.pace, quiet_from = excluded.quiet_from,
        quiet_until = excluded.quiet_until;
    PERFORM nrm.write_journal('mail_wished', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.drop_mail_wish() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    DELETE FROM nrm.mail_wish WHERE account = nrm.reader_account();
    SELECT nrm.write_journal('mail_ended', NULL, '{}', NULL);
$$;
CREATE FUNCTION nrm.own_mail_wish()
RETURNS TABLE (locked_address bytea, pace text, quiet_from int, quiet_until int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT locked_address, pace, quiet_from, quiet_until FROM nrm.mail_wish
    WHERE account = nrm.reader_account()
$$;
-- Who has notices that no mail told of, by the roles she holds; for the process that sends.
CREATE FUNCTION nrm.mail_waiting() RETURNS TABLE (account uuid, locked_address bytea, pace text,
    quiet_from int, quiet_until int, mailed_at timestamptz, language text, jurisdiction text,
    newest_at timestamptz, kinds text[])
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT wish.account, wish.locked_address, wish.pace, wish.quiet_from, wish.quiet_until,
        wish.mailed_at, person.language, house.jurisdiction, news.newest_at, news.kinds
    FROM nrm.mail_wish AS wish
    JOIN public.accounts_account AS person ON person.ref = wish.account AND person.is_active
    JOIN public.accounts_organisation AS house ON house.ref = person.organisation_id
    CROSS JOIN LATERAL (
        SELECT max(notice.at) AS newest_at, array_agg(DISTINCT notice.kind) AS kinds
        FROM nrm.notice WHERE notice.organisation = house.ref AND notice.at > wish.told_until
          AND EXISTS (SELECT 1 FROM public.accounts_membership AS membership
            WHERE membership.account_id = person.ref
              AND (notice.role IS NULL OR notice.role = membership.role))
    ) AS news
    WHERE news.newest_at IS NOT NULL
    FOR UPDATE OF wish SKIP LOCKED
$$;
CREATE FUNCTION nrm.note_mailed(to_account uuid, until_moment timestamptz, moment timestamptz)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.mail_wish SET told_until = until_moment, mailed_at = moment
    WHERE account = to_account
$$;
REVOKE ALL ON FUNCTION nrm.keep_mail_wish(bytea, text, int, int), nrm.drop_mail_wish(),
    nrm.own_mail_wish(), nrm.mail_waiting(),
    nrm.note_mailed(uuid, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.keep_mail_wish(bytea, text, int, int), nrm.drop_mail_wish(),
    nrm.own_mail_wish() TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.mail_waiting(), nrm.note_mailed(uuid, timestamptz, timestamptz)
    TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
