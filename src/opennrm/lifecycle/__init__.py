"""What happens to a case: facts, the case as their fold, four tracks, their moves, deadlines."""
