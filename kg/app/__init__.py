"""The product without a terminal: a page on the user's own computer where a workbook is dropped and its map opened."""
