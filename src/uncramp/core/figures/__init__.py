"""Views of a limb, drawn as characters or as SVG."""
