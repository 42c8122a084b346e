SELECT nrm.take_place(%s)
