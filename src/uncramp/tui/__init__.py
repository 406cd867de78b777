"""The full screen: a front end in Textual, and the only room that imports it."""
