"""Sources: one module for each form that raw files come in. They take files and give texts or shapes."""
