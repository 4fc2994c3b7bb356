import { useEffect, useState } from "react";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
const stored = "hotfire.theme";

function initial(): Theme {
  const chosen = localStorage.getItem(stored);
  return themes.find((theme) => theme === chosen) ?? "system";
}

/** The choice is an attribute of the document; `system` leaves it to the browser. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(initial);
  useEffect(() => {
    if (theme === "system") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset["theme"] = theme;
    localStorage.setItem(stored, theme);
  }, [theme]);
  return [theme, setTheme];
}
