"""A municipality described in a spreadsheet: template, reading, checking, import to claims, and back again."""
