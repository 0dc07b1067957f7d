"""What leaves the tool on paper: briefs of one report as HTML, Markdown, DOCX and PDF, all from one content."""
