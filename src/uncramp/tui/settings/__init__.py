"""The screens of the settings."""
