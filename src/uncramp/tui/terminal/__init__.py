"""What the full screen needs from the terminal beyond Textual."""
