"""Front end: a plan as a file to take along."""
