import type { Session } from "@hotfire/console/api";
import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { Route, Router, Switch } from "wouter";
import { basePath } from "./api/client.ts";
import { live } from "./api/live.ts";
import { useApi } from "./api/use-api.ts";
import { initialLanguage, type Language, rememberLanguage, SpeechContext, translator } from "./i18n/index.ts";
import { Failure, Loading, Page } from "./ui/basics.tsx";
import { SessionContext } from "./ui/permission.tsx";
import { Shell } from "./ui/shell.tsx";
import { ClusterView } from "./views/cluster/cluster-view.tsx";
import { LoginView } from "./views/login-view.tsx";

const views: readonly (readonly [string, ComponentType])[] = [
  ["/", ClusterView],
  ["/topics", lazy(() => import("./views/topics/topics-view.tsx"))],
  ["/topics/:name", lazy(() => import("./views/topics/topic-view.tsx"))],
  ["/consumers", lazy(() => import("./views/consumers/consumers-view.tsx"))],
  ["/consumers/:name", lazy(() => import("./views/consumers/consumer-view.tsx"))],
  ["/producers", lazy(() => import("./views/producers-view.tsx"))],
  ["/messages", lazy(() => import("./views/messages/messages-view.tsx"))],
  ["/messages/:topic/:id", lazy(() => import("./views/messages/message-view.tsx"))],
  ["/dead-letters", lazy(() => import("./views/messages/dead-letters-view.tsx"))],
  ["/configuration", lazy(() => import("./views/config/config-view.tsx"))],
  ["/drills", lazy(() => import("./views/drills/drills-view.tsx"))],
  ["/drills/:id", lazy(() => import("./views/drills/drill-view.tsx"))],
  ["/operations", lazy(() => import("./views/ops-view.tsx"))],
  ["/access", lazy(() => import("./views/acl-view.tsx"))],
];

/** Which reads a `changed` event makes stale. */
const staleBy: Readonly<Record<string, readonly string[]>> = {
  topics: ["topics", "topic"],
  consumers: ["consumers", "consumer"],
  config: ["config"],
  drills: ["drills"],
  session: ["session"],
};

export function App(): ReactNode {
  const [language, setLanguage] = useState(initialLanguage);
  const speech = useMemo(() => {
    const speak = (chosen: Language) => {
      rememberLanguage(chosen);
      setLanguage(chosen);
    };
    return { language, t: translator(language), speak };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <SpeechContext value={speech}>
      <Router base={basePath}>
        <Gate />
      </Router>
    </SpeechContext>
  );
}

/** Nothing but the login is shown to who has to log in first. */
function Gate(): ReactNode {
  const session = useApi("session", {}, { everyMs: 60_000 });
  if (session.data === undefined) {
    return (
      <div className="gate">
        {session.error === null ? (
          <Loading />
        ) : (
          <Failure error={session.error} again={() => void session.refetch()} />
        )}
      </div>
    );
  }
  if (session.data.loginRequired && session.data.user === null) return <LoginView />;
  return <Inside session={session.data} />;
}

function Inside({ session }: { readonly session: Session }): ReactNode {
  const queries = useQueryClient();
  useEffect(
    () =>
      live.onChanged((what) => {
        for (const name of staleBy[what] ?? []) void queries.invalidateQueries({ queryKey: [name] });
      }),
    [queries],
  );
  return (
    <SessionContext value={session}>
      <Shell>
        <Suspense fallback={<Loading />}>
          <Switch>
            {views.map(([path, view]) => (
              <Route key={path} path={path} component={view} />
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </SessionContext>
  );
}

function NotFound(): ReactNode {
  return (
    <Page title="404">
      <p className="empty">{location.pathname}</p>
    </Page>
  );
}
