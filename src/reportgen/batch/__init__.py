"""Batch: many packs, written so that none is ever half there."""
