"""What the page engine does slowly and our documents let us do faster; only `pack.pdf` asks for it."""
