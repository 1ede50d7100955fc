"""Sections: each gathers what one chapter says; its twin in templates/sections says it."""
