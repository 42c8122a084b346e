SELECT nrm.end_agreement(%s, %s)
