"""TOML as a person wrote it: values with their positions, and every problem in words."""
