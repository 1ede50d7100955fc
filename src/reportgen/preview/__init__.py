"""Preview: the pages of one pack as pictures, and anew whenever a template, a style or data change."""
