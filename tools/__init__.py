"""Scripts that write what is generated: norms, contexts, counts, pictures, the folder for Windows, the handbook."""
