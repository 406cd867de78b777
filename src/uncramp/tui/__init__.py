"""The full screen: the front end in Textual, and the only package that imports it."""
