// Said before anything is drawn, so that what only stands without JavaScript is never laid out; unsaid if the script fails.
document.documentElement.classList.add("js");
addEventListener("error", () => { if (document.readyState === "loading") document.documentElement.classList.remove("js"); });
