"""Assessment: what follows from the facts, by rules that anybody can read."""
