"""A routine as printed pages: SVG, or PDF with the extra for it."""
