"""The handbook: pages of the repository and a generated reference, as a site that asks no other host for anything."""
