"""Pages and questions that any screen can open."""
