SELECT ref FROM coordination_libraryitem
WHERE nrm.words_of(language, title || ' ' || summary || ' ' || text) @@ nrm.sought(%s)
ORDER BY ts_rank(nrm.words_of(language, title || ' ' || summary || ' ' || text), nrm.sought(%s)) DESC
LIMIT 500
