-- Who may name a reader of the register of conduct: a reader; the first one only herself. Somebody
-- of another house is never named.
CREATE FUNCTION nrm.may_name_conduct_reader(whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.accounts_account
                   WHERE ref = whom AND organisation_id = nrm.reader_organisation())
    AND (EXISTS (SELECT 1 FROM public.coordination_conductreader
                 WHERE house_id = nrm.reader_organisation() AND account_id = nrm.reader_account())
         OR whom = nrm.reader_account() AND NOT EXISTS (
             SELECT 1 FROM public.coordination_conductreader
             WHERE house_id = nrm.reader_organisation()))
$$;
GRANT SELECT ON public.coordination_conductreader TO opennrm_definer;
CREATE POLICY deciding ON public.coordination_conductreader TO opennrm_definer USING (true);

-- What changed in this register is read by its readers alone.
DROP POLICY reader ON public.coordination_change;
CREATE POLICY reader ON public.coordination_change FOR SELECT TO opennrm_app USING (
    nrm.may_coordinate(area, 'read')
    AND (private_to IS NULL OR private_to = (SELECT nrm.reader_organisation()))
    AND (area <> 'conduct' OR (SELECT nrm.reader_account()) IN (
        SELECT account_id FROM public.coordination_conductreader)));

-- The words of a document in the form of its language, and as they are written.
CREATE FUNCTION nrm.words_of(of_language text, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE SET search_path = nrm, pg_temp AS $$
    SELECT to_tsvector((CASE of_language
        WHEN 'en' THEN 'english' WHEN 'fr' THEN 'french' WHEN 'de' THEN 'german'
        WHEN 'it' THEN 'italian' WHEN 'es' THEN 'spanish' WHEN 'ru' THEN 'russian'
        WHEN 'ro' THEN 'romanian' WHEN 'tr' THEN 'turkish' WHEN 'sr' THEN 'serbian'
        WHEN 'ar' THEN 'arabic' WHEN 'el' THEN 'greek' WHEN 'hu' THEN 'hungarian'
        WHEN 'pt' THEN 'portuguese' WHEN 'nl' THEN 'dutch' WHEN 'sv' THEN 'swedish'
        ELSE 'simple' END)::regconfig, words) || to_tsvector('simple', words)
$$;
-- What is looked for, in the form it has in any of these languages.
CREATE FUNCTION nrm.sought(words text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE SET search_path = nrm, pg_temp AS $$
DECLARE found tsquery := websearch_to_tsquery('simple', words); form text;
BEGIN
    FOREACH form IN ARRAY ARRAY['english', 'french', 'german', 'italian', 'spanish', 'russian',
        'romanian', 'turkish', 'serbian', 'arabic', 'greek', 'hungarian', 'portuguese', 'dutch',
        'swedish'] LOOP
        found := found || websearch_to_tsquery(form::regconfig, words);
    END LOOP;
    RETURN found;
END $$;
CREATE INDEX words_of_library ON public.coordination_libraryitem USING gin (
    nrm.words_of(language, title || ' ' || summary || ' ' || text));

DO $$
BEGIN
    GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
    REVOKE ALL ON FUNCTION nrm.may_name_conduct_reader(uuid), nrm.words_of(text, text),
        nrm.sought(text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION nrm.may_name_conduct_reader(uuid), nrm.words_of(text, text),
        nrm.sought(text) TO opennrm_app;
    ALTER FUNCTION nrm.may_name_conduct_reader(uuid) OWNER TO opennrm_definer;
    REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
END $$;
