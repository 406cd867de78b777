"""Writing routines: new ones, copies, files put in order. Nothing that was there is ever lost."""
