import * as Ariakit from "@ariakit/react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { api } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { dateTime } from "../format.ts";
import { isLanguage, languages, type TextKey, useSpeech } from "../i18n/index.ts";
import { useSession } from "./permission.tsx";
import { themes, useTheme } from "./theme.ts";

const sections: readonly (readonly [string, TextKey])[] = [
  ["/", "nav.cluster"],
  ["/topics", "nav.topics"],
  ["/consumers", "nav.consumers"],
  ["/producers", "nav.producers"],
  ["/messages", "nav.messages"],
  ["/dead-letters", "nav.dlq"],
  ["/configuration", "nav.config"],
  ["/drills", "nav.drills"],
  ["/operations", "nav.ops"],
  ["/access", "nav.acl"],
];

function isAt(path: string, location: string): boolean {
  return path === "/" ? location === "/" : location === path || location.startsWith(`${path}/`);
}

export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useSpeech();
  const [location] = useLocation();
  const { state } = useLive();
  const cluster = state?.clusters.join(", ") ?? "";
  const problems = state?.problems.length ?? 0;
  const here = sections.find(([path]) => isAt(path, location))?.[1];
  useEffect(() => {
    document.title = [cluster, here === undefined ? "" : t(here), "Hotfire"].filter(Boolean).join(" · ");
  }, [cluster, here, t]);
  const nav = useRef<HTMLElement>(null);
  // On a phone the sections are a row that scrolls: the one that is open is brought into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which one it is comes from the location
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={skip}>
        {t("skip")}
      </button>
      <header className="top">
        <Link href="/" className="brand">
          <img src="icon.svg" alt="" width="22" height="22" />
          Hotfire
        </Link>
        {cluster !== "" && <b className="cluster-name">{cluster}</b>}
        <Connection />
        <Settings />
      </header>
      <nav ref={nav} className="nav" aria-label={t("nav")}>
        {sections.map(([path, text]) => (
          <Link key={path} href={path} aria-current={isAt(path, location) ? "page" : undefined}>
            {t(text)}
            {path === "/" && problems > 0 && (
              <span className="badge bad" title={t("problems", { n: problems })}>
                {problems}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** No link: `#main` would be relative to <base>, and lead to another page. */
function skip(): void {
  document.querySelector<HTMLElement>("#main")?.focus();
}

function Connection(): ReactNode {
  const { t } = useSpeech();
  const { connected, state } = useLive();
  const session = useSession();
  const tone = !connected || state?.state === "unreachable" ? "bad" : state?.state === "ok" ? "good" : "warn";
  const text = connected
    ? t(`state.${state?.state ?? "waiting"}`)
    : t("state.lost", { at: state === undefined ? "–" : dateTime(state.at) });
  return (
    <div className="connection">
      <span className={`dot ${tone}`} aria-hidden="true" />
      <span role="status">{text}</span>
      {session?.readOnly === true && (
        <span className="badge neutral" title={t("readonly.hint")}>
          {t("readonly.badge")}
        </span>
      )}
    </div>
  );
}

function Settings(): ReactNode {
  const { t, language, speak } = useSpeech();
  const [theme, setTheme] = useTheme();
  const session = useSession();
  const queries = useQueryClient();
  const logout = async () => {
    await api("logout", {});
    await queries.invalidateQueries();
  };
  return (
    <Ariakit.MenuProvider
      placement="bottom-end"
      values={{ language, theme }}
      setValues={(values: { language: string; theme: string }) => {
        if (isLanguage(values.language)) speak(values.language);
        const chosen = themes.find((one) => one === values.theme);
        if (chosen !== undefined) setTheme(chosen);
      }}
    >
      <Ariakit.MenuButton className="button small settings">{t("settings")}</Ariakit.MenuButton>
      <Ariakit.Menu className="menu" gutter={6}>
        <Ariakit.MenuGroup>
          <Ariakit.MenuGroupLabel className="menu-label">{t("language")}</Ariakit.MenuGroupLabel>
          {Object.entries(languages).map(([value, { name }]) => (
            <Ariakit.MenuItemRadio key={value} name="language" value={value} className="menu-item">
              <Ariakit.MenuItemCheck />
              {name}
            </Ariakit.MenuItemRadio>
          ))}
        </Ariakit.MenuGroup>
        <Ariakit.MenuSeparator className="menu-line" />
        <Ariakit.MenuGroup>
          <Ariakit.MenuGroupLabel className="menu-label">{t("theme")}</Ariakit.MenuGroupLabel>
          {themes.map((value) => (
            <Ariakit.MenuItemRadio key={value} name="theme" value={value} className="menu-item">
              <Ariakit.MenuItemCheck />
              {t(`theme.${value}`)}
            </Ariakit.MenuItemRadio>
          ))}
        </Ariakit.MenuGroup>
        {session?.user != null && (
          <>
            <Ariakit.MenuSeparator className="menu-line" />
            <Ariakit.MenuItem className="menu-item" onClick={() => void logout()}>
              {t("logout", { user: session.user })}
            </Ariakit.MenuItem>
          </>
        )}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  );
}
