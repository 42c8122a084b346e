nrm.reader_organisation()
