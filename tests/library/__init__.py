"""Tests of the library and of writing routines."""
