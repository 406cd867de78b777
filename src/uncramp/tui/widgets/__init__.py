"""The widgets: each is given one frozen value and draws it."""
