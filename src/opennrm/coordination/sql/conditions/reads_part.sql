house_id = (SELECT nrm.reader_organisation()) OR sent_at IS NOT NULL
