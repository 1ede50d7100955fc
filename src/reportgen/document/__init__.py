"""Document: sections in an order, each a Python file that gathers facts and a template that says them."""
