house_id = (SELECT nrm.reader_organisation())
