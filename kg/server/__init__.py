"""The SPARQL 1.1 endpoint: queries over HTTP, each answered in a process that can be killed.

`jobs` holds the values, `protocol` reads a request, `workers` answers it within limits, `web` joins the two.
"""
