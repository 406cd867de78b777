"""What the full screen needs of the terminal beyond Textual."""
