SELECT nrm.certify(%s)
