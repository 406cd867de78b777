"""What is made at its first use, so that a command which never needs it starts sooner."""
