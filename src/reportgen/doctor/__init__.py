"""Doctor: has this machine all that writing packs needs? Installs and prints nothing, leaves nothing behind."""
