held_by_id = (SELECT nrm.reader_organisation())
