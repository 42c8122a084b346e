SELECT nrm.close_cases(%s)
