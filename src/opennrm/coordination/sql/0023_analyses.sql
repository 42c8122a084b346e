-- What a question was answered with is evidence of what was known then; nobody changes it, the owner
-- included. The office that keeps the question reads it, and nobody else (the guard of the table).
CREATE FUNCTION nrm.answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An answer is kept as it was given; put the question again.'
        USING ERRCODE = 'NR403';
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON public.coordination_analysisrun
FOR EACH ROW EXECUTE FUNCTION nrm.answer_stays();
