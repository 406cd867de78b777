"""TOML as a person wrote it: values with their places, and every problem in words."""
