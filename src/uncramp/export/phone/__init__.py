"""A routine as one HTML file for a phone: it works without a network, and follows its own sound."""
