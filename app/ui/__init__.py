"""The window: pages that show what the catalogue holds; the only room that knows widgets."""
