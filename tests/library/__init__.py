"""Tests of the writing of routines."""
