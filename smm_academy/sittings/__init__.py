"""Work under fixed terms: its rows, its clock, its autosave."""
