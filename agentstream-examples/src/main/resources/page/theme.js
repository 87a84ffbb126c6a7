// A classic script that runs before the first paint: as a module it would flash the other theme.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    if (root.dataset.themeChoice) return root.dataset.themeChoice;
    try {
      return localStorage.getItem("agentstream.theme") ?? "system";
    } catch {
      // If nothing can be stored, the system decides.
      return "system";
    }
  }

  function apply() {
    const choice = chosen();
    root.dataset.theme = choice === "light" || choice === "dark" ? choice : dark.matches ? "dark" : "light";
    const color = root.dataset.theme === "dark" ? "#131417" : "#fbfbfc";
    document.querySelector('meta[name="theme-color"]')?.setAttribute("content", color);
  }

  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("themechoice", apply);
})();
