-- The first reader names herself; from then on readers name readers.
house_id = (SELECT nrm.reader_organisation()) AND nrm.may_name_conduct_reader(account_id)
