-- What was filed stays as it was seen.
house_id = (SELECT nrm.reader_organisation())
AND hearing_id IN (SELECT ref FROM coordination_hearing
                   WHERE house_id = (SELECT nrm.reader_organisation()) AND filed_on IS NULL)
