-- Systems of an organisation that want to hear when there is news: each notice to the organisation is
-- posted to them as a kind, a reference and a moment, signed, and never with anything of a case.
CREATE TABLE nrm.hook (
    hook_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    address text NOT NULL CHECK (length(address) BETWEEN 9 AND 500),
    locked_secret bytea NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    heard_at timestamptz,
    fault text
);
ALTER TABLE nrm.hook ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.hook FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.hook TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON nrm.hook TO opennrm_definer;
DO $$
DECLARE col text;
BEGIN
    FOR col IN SELECT attname FROM pg_attribute WHERE attrelid = 'nrm.hook'::regclass AND attnum > 0 LOOP
        EXECUTE format('ALTER TABLE nrm.hook ALTER COLUMN %I SET STATISTICS 0', col);
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.add_hook(ref uuid, to_address text, locked bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    IF (SELECT count(*) FROM nrm.hook WHERE organisation = house AND ended_at IS NULL) >= 5 THEN
        PERFORM nrm.refuse('An organisation has five of its systems told at most. End one first.');
    END IF;
    INSERT INTO nrm.hook (hook_ref, organisation, address, locked_secret, made_by)
    VALUES (ref, house, to_address, locked, nrm.reader_account());
    PERFORM nrm.write_journal('hook_added', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.end_hook(ref uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_officer();
BEGIN
    UPDATE nrm.hook SET ended_at = now() WHERE hook_ref = ref AND organisation = house
      AND ended_at IS NULL;
    DELETE FROM nrm.post WHERE what = 'hook' AND ours = ref
      AND EXISTS (SELECT 1 FROM nrm.hook WHERE hook_ref = ref AND organisation = house);
    PERFORM nrm.write_journal('hook_ended', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.own_hooks() RETURNS TABLE (hook_ref uuid, address text, made_at timestamptz,
    ended_at timestamptz, heard_at timestamptz, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT hook_ref, address, made_at, ended_at, heard_at, fault FROM nrm.hook
    WHERE organisation = nrm.reader_organisation() AND nrm.is_officer() ORDER BY made_at DESC
$$;
CREATE FUNCTION nrm.post_to_hooks() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    INSERT INTO nrm.post (what, about, ours, due_at)
    SELECT 'hook', NEW.notice_ref, hook_ref, NEW.at FROM nrm.hook
    WHERE organisation = NEW.organisation AND ended_at IS NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION nrm.due_hooks(moment timestamptz) RETURNS TABLE (post_ref uuid, hook_ref uuid,
    address text, locked_secret bytea, notice_ref uuid, kind text, about uuid, at timestamptz,
    attempts int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT post.post_ref, hook.hook_ref, hook.address, hook.locked_secret, notice.notice_ref,
        notice.kind, notice.about, notice.at, post.attempts
    FROM nrm.post JOIN nrm.hook ON hook.hook_ref = post.ours
    JOIN nrm.notice ON notice.notice_ref = post.about
    WHERE post.what = 'hook' AND post.due_at <= moment ORDER BY post.due_at LIMIT 50
    FOR UPDATE OF post SKIP LOCKED
$$;
-- What was heard leaves the post; what was not for five days leaves it too, and the officer sees it.
CREATE FUNCTION nrm.note_hook(of_post uuid, moment timestamptz, next_at timestamptz,
    what_fault text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE letter nrm.post;
BEGIN
    SELECT * INTO letter FROM nrm.post WHERE post_ref = of_post AND what = 'hook' FOR UPDATE;
    UPDATE nrm.hook SET fault = what_fault,
        heard_at = CASE WHEN what_fault IS NULL THEN moment ELSE heard_at END
    WHERE hook_ref = letter.ours;
    IF what_fault IS NULL OR EXISTS (SELECT 1 FROM nrm.notice WHERE notice_ref = letter.about
        AND at < moment - interval '5 days') THEN
        DELETE FROM nrm.post WHERE post_ref = of_post;
    ELSE
        UPDATE nrm.post SET attempts = attempts + 1, due_at = next_at, fault = what_fault
        WHERE post_ref = of_post;
    END IF;
END $$;
REVOKE ALL ON FUNCTION nrm.add_hook(uuid, text, bytea), nrm.end_hook(uuid), nrm.own_hooks(),
    nrm.post_to_hooks(), nrm.due_hooks(timestamptz),
    nrm.note_hook(uuid, timestamptz, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.add_hook(uuid, text, bytea), nrm.end_hook(uuid), nrm.own_hooks()
    TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.due_hooks(timestamptz),
    nrm.note_hook(uuid, timestamptz, timestamptz, text) TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.post_to_hooks() TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
CREATE TRIGGER hooks AFTER INSERT ON nrm.notice FOR EACH ROW EXECUTE FUNCTION nrm.post_to_hooks();
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.post_to_hooks() FROM opennrm_owner;
RESET ROLE;
