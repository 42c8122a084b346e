-- What was refused is in the journal: a sign-in that failed (by account where the name is one's, by nobody
-- where it is none: what was typed is never kept), a factor that was not right, and a step that a rule
-- or a right stopped, by its reason. And what programs and forms were answered is not kept for ever.
GRANT DELETE ON nrm.program_answer, nrm.form_key TO opennrm_definer;
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.note_failed_sign_in(name text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.journal (account, organisation, action)
    SELECT coalesce(person.ref, nobody), coalesce(person.organisation_id, nobody), 'sign_in_failed'
    FROM (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS nobody) AS none
    LEFT JOIN public.accounts_account AS person ON lower(person.sign_in_name) = lower(name)
$$;
CREATE FUNCTION nrm.note_failed_factor() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.journal (account, organisation, action)
    SELECT ref, organisation_id, 'factor_failed' FROM public.accounts_account
    WHERE ref = nrm.factor_account()
$$;
CREATE FUNCTION nrm.note_refusal(reason text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.journal (account, organisation, action)
    SELECT nrm.reader_account(), nrm.reader_organisation(), left('refused_' || reason, 64)
    WHERE nrm.reader_account() IS NOT NULL AND reason ~ '^[a-z_]{1,64}$'
$$;
-- Thirty days after a program's answer, ninety after a form, nobody sends the same one again.
CREATE FUNCTION nrm.forget_answers(moment timestamptz) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH answers AS (
        DELETE FROM nrm.program_answer
        WHERE at < least(moment, now()) - interval '30 days' RETURNING 1
    ), forms AS (
        DELETE FROM nrm.form_key
        WHERE used_at < least(moment, now()) - interval '90 days' RETURNING 1
    ) SELECT ((SELECT count(*) FROM answers) + (SELECT count(*) FROM forms))::int
$$;
REVOKE ALL ON FUNCTION nrm.note_failed_sign_in(text), nrm.note_failed_factor(),
    nrm.note_refusal(text), nrm.forget_answers(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.note_failed_sign_in(text), nrm.note_failed_factor(),
    nrm.note_refusal(text) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.forget_answers(timestamptz) TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
